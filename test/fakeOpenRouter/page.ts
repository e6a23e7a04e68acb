/** A small page with the fake OpenRouter's banner and style. `title` is text, `content` is HTML. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} · Fake OpenRouter</title>
<style>${style}</style>
</head>
<body>
<p class="banner"><strong>A fake OpenRouter.</strong> For tests only: no account, no credits, no real keys.</p>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f4f7, #131318);
  --card: light-dark(#fff, #1d1d24);
  --line: light-dark(#dfdfe6, #34343f);
  --text: light-dark(#1b1b22, #ececf1);
  --quiet: light-dark(#5d5d6b, #a2a2b0);
  --accent: light-dark(#4f46e5, #a5a0ff);
  --on-accent: light-dark(#fff, #17162e);
  --banner: light-dark(#fff1c7, #3a2f10);
  --on-banner: light-dark(#5c4400, #ffe09a);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr; justify-items: center;
  background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
.banner {
  margin: 0; padding: 8px 16px; width: 100%; text-align: center; font-size: 13px;
  background: var(--banner); color: var(--on-banner);
}
main {
  align-self: start; width: min(27rem, calc(100vw - 2rem)); margin: clamp(1rem, 10vh, 6rem) 1rem 2rem; padding: 2rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  box-shadow: 0 1px 2px #0001, 0 12px 32px #0000000f;
}
h1 { margin: 0 0 .5rem; font-size: 1.35rem; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; color: var(--quiet); overflow-wrap: anywhere; }
main > p:last-child { margin-bottom: 0; }
strong { color: var(--text); }
.banner strong { color: inherit; }
label { display: block; margin-bottom: .3rem; font-size: 13px; font-weight: 600; }
input {
  width: 100%; padding: .55rem .75rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--line); border-radius: 8px;
}
form > input, .amount { margin-bottom: 1rem; }
.amount { display: flex; align-items: center; gap: .6rem; }
.amount span { flex: none; color: var(--quiet); }
.choice { display: flex; gap: .6rem; margin-top: 1.5rem; }
button {
  flex: 1; padding: .65rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px;
}
button#authorize { color: var(--on-accent); background: var(--accent); border-color: transparent; }
button:hover { filter: brightness(1.08); }
button:not(#authorize):hover { background: var(--ground); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code {
  display: block; padding: .8rem .9rem; user-select: all; overflow-wrap: anywhere;
  font: 14px/1.5 ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace; white-space: pre-wrap;
  background: var(--ground); border: 1px dashed var(--line); border-radius: 8px;
}
`;
