import type { SignInFailure } from "./errors";
import { parsePastedCode } from "./pastedCode";
import { isAddress, unquoted, visibleText } from "./pastedText";

/** OpenRouter's keys of today, wherever they stand in a text. */
const todaysKey = /(?<![\w-])sk-or-v1-[\da-f]{64}(?![\w-])/g;

/**
 * What gives the key to a name, such as `export OPENROUTER_API_KEY=` or `"apiKey": `, or sends it in a header. Spaces
 * and quotes after it are left.
 */
const assignment =
  /^(?:(?:export|set|setx|const|let|var)\s|\$env:|\w*(?:key|token)\s?=|[\w-]*(?:key|token)(?:["'`]\s?:|\s?:\s)|\w*_key\s|authorization:|bearer\s)/i;

/** In place of what is hidden of a key. */
const mask = /\.{3}|\u2026|\*{3}|[\u2022\u25cf]{2}/;

/**
 * Reads an API key from what was pasted: alone, in quotes, in a line of a shell, in JSON or in a header. What has
 * another form than OpenRouter's keys may be a gateway's, and is taken as it is. Otherwise says why there is no key.
 */
export function parsePastedKey(text: string): { readonly key: string } | SignInFailure {
  const pasted = visibleText(text);
  const [key, ...others] = new Set(pasted.match(todaysKey));
  if (key) return others.length === 0 ? { key } : "notAKey";
  const rest = withoutAssignment(unquoted(pasted.replace(/^\{(.*)\}[,;]?$/, "$1")));
  if (isCode(rest)) return "codeForKey";
  if (/[\s"'`]/.test(rest) || isAddress(rest)) return "notAKey";
  if (mask.test(rest)) return "maskedKey";
  return /^[\x21-\x7e]{8,}$/.test(rest) ? { key: rest } : "notAKey";
}

function withoutAssignment(text: string): string {
  const rest = unquoted(text.replace(assignment, ""));
  return rest === text ? text : withoutAssignment(rest);
}

/** A callback URL or its query, or a code in the form that OpenRouter's documentation shows. */
const isCode = (text: string) =>
  /^auth_code_/.test(text) || (/(^|[?&])code=/.test(text) && typeof parsePastedCode(text) === "object");
