import { maximumLength } from "../openrouter/callback";
import type { SignInFailure } from "./errors";
import { isAddress, unquoted, visibleText } from "./pastedText";

/** A code, and the state if a whole callback URL was pasted. */
export interface PastedCode {
  readonly code: string;
  readonly state: string | undefined;
}

/**
 * Reads a code, or the callback URL from the browser's address bar, with its scheme or without; also `code=…`, and
 * in quotes. Otherwise says why there is no code.
 */
export function parsePastedCode(text: string): PastedCode | SignInFailure {
  const pasted = unquoted(visibleText(text));
  if (/(?<![\w-])sk-or-v\d+-/.test(pasted)) return "keyForCode";
  const code = unquoted(pasted.replace(/^code["'`]?\s*:\s*/i, ""));
  const query = queryOf(code);
  // RFC 6749, appendix A.11, without the space; anything else is escaped in a query.
  if (!/^[\x21-\x7e]+$/.test(query ?? code)) return "notACode";
  if (query !== undefined) return codeInQuery(new URLSearchParams(query));
  return code.length <= maximumLength && !isAddress(code) ? { code, state: undefined } : "notACode";
}

/** The query of a callback URL, which may be all that was pasted; undefined where there is no parameter of ours. */
function queryOf(pasted: string): string | undefined {
  const [address = ""] = pasted.split("#");
  const candidates = [address.split(/\?(.*)/)[1] ?? "", address];
  return candidates.find((candidate) => /(^|&)(code|state|error|vscode-query)=/.test(candidate));
}

function codeInQuery(query: URLSearchParams): PastedCode | SignInFailure {
  // An editor in a browser wraps its callback URL: the state is in a query within the query.
  const inner = new URLSearchParams(query.get("vscode-query") ?? "");
  const [code, ...otherCodes] = query.getAll("code");
  const [state, ...otherStates] = [...query.getAll("state"), ...inner.getAll("state")];
  const error = query.get("error");
  if (otherCodes.length + otherStates.length > 0) return "notACode";
  if (code)
    return error === null && code.length <= maximumLength ? { code, state: state || undefined } : "notACode";
  // See `parseCallback`: after Deny, the state may come alone.
  if (error !== null) return error === "access_denied" ? "denied" : "refused";
  return state && code === undefined ? "denied" : "notACode";
}
