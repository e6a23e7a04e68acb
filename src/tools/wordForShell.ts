import { shellQuote } from "../common/shellQuote";

/** A word of a command as a user would type it: quoted only if a shell could take it for something else. */
export const wordForShell = (text: string) => (/^[\w.:/-][\w.:/=-]*$/.test(text) ? text : shellQuote(text));
