/** What can name another server, another key, or what a tool runs with the key, in a settings file of a tool. */
const redirections = [
  /base[_-]?url|api[_-]?base|[_-]url\b|\bprovider\b|proxy|openrouter|anthropic_/i,
  /api[_-]?key|auth[_-]?token|\{env:/i,
  /command|cmd|plugin|mcp|node_options/i,
  // aider's other files, variables, and commands.
  /set-env|env-file|\bload\b/i,
];

/**
 * Whether a settings file of a tool may send the key somewhere else. Rather too often than never: it may have comments,
 * or be invalid, so it isn't parsed; only what JSON and YAML can hide a letter with is undone (RFC 8259, section 7; YAML
 * 1.2.2, section 5.7).
 */
export function mayRedirect(text: string): boolean {
  const plain = text
    .replace(/\\\r?\n[ \t]*/g, "")
    .replace(
      /\\(?:x([\da-f]{2})|U0000([\da-f]{4})|u([\da-f]{4}))/gi,
      (_, ...[two, eight, four]: (string | undefined)[]) =>
        String.fromCharCode(Number.parseInt(two ?? eight ?? four ?? "", 16)),
    )
    .replace(/\\(.)/g, "$1");
  return redirections.some((redirection) => redirection.test(plain));
}
