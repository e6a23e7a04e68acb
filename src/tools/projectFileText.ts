/** What can name another server, another key, or what a tool runs with the key, in a settings file of a tool. */
const redirections =
  /base_?url|api_?base|api_?key|auth_?token|_url\b|anthropic_|openrouter|\{env:|\bprovider\b|proxy|command|plugin|mcp/i;

/**
 * Whether a settings file of a tool may send the key somewhere else. Rather too often than never: it may have comments,
 * or be invalid, so it isn't parsed; only what JSON can hide a letter with is undone (RFC 8259, section 7).
 */
export function mayRedirect(text: string): boolean {
  const plain = text
    .replace(/\\u([\da-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\(.)/g, "$1");
  return redirections.test(plain);
}
