/** What a callback says, before it is known which sign-in it belongs to. */
export type Callback =
  | { readonly kind: "code"; readonly code: string; readonly state: string }
  /**
   * RFC 6749, section 4.1.2.1. What OpenRouter does after Deny isn't documented: it was seen to lead back to the
   * callback URL as it is, with its state alone. An `error` may come without the state.
   */
  | { readonly kind: "denied"; readonly error: string; readonly state: string | undefined }
  /** On our path, but nothing that OpenRouter sends. */
  | { readonly kind: "malformed" }
  /** On another path, and so not meant for a sign-in. */
  | { readonly kind: "foreign" };

/** The path of every callback URL, whatever its scheme and host. */
export const callbackPath = "/callback";

/** Longer than any code or state of OpenRouter or ours, and short enough to be harmless. */
export const maximumLength = 2048;

/**
 * Reads a callback from the parts of a URI as VS Code hands them over. The query is percent-decoded on the
 * desktop, and form-encoded in a browser (its callback page goes through `URLSearchParams`).
 */
export function parseCallback({ path, query }: { path: string; query: string }): Callback {
  if (path !== callbackPath) return { kind: "foreign" };
  const code = parameter(query, "code");
  const state = parameter(query, "state");
  const error = parameter(query, "error");
  if (code === null || state === null || error === null) return { kind: "malformed" };
  if (error !== undefined && code === undefined) return { kind: "denied", error, state };
  if (error !== undefined || state === undefined) return { kind: "malformed" };
  return code === undefined
    ? { kind: "denied", error: "access_denied", state }
    : { kind: "code", code, state };
}

/** The parameter's value; undefined when it is missing; null when it is empty, huge or repeated. */
function parameter(query: string, name: string): string | undefined | null {
  const values = query.split("&").filter((part) => part === name || part.startsWith(`${name}=`));
  const [value] = values.map((part) => decode(part.slice(name.length + 1)));
  if (value === undefined) return undefined;
  return values.length > 1 || value === "" || value.length > maximumLength ? null : value;
}

/** A percent escape means that a value is still encoded, and so that its `+` is a space. */
function decode(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text; // decoded already, and holding a percent sign of its own
  }
}
