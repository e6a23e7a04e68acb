/** What a text says in JSON; undefined where it says nothing. The parser's own error would quote the text, with its secrets. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which no schema of ours accepts
  }
}
