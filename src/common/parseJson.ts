/** Parses JSON; undefined where the text is none. The parser's own error would quote the text, with its secrets. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which none of our schemas accepts
  }
}
