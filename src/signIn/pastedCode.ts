/** A code, and the state if a whole callback URL was pasted. */
export interface PastedCode {
  readonly code: string;
  readonly state: string | undefined;
}

/** Reads a code, or the callback URL from the browser's address bar; undefined when it is neither. */
export function parsePastedCode(text: string): PastedCode | undefined {
  const pasted = text.trim();
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(pasted)) {
    return pasted && !/\s/.test(pasted) ? { code: pasted, state: undefined } : undefined;
  }
  const query = URL.canParse(pasted) ? new URL(pasted).searchParams : new URLSearchParams();
  const code = query.get("code");
  // An editor in a browser wraps its callback URL: the state is in a query within the query.
  const state = query.get("state") ?? new URLSearchParams(query.get("vscode-query") ?? "").get("state");
  return code ? { code, state: state ?? undefined } : undefined;
}
