import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import type { Shot } from "./shoot";
import type { Shots } from "./shots";

export type Theme = "light" | "dark";

/** The width of a README in CSS pixels, so that pictures are readable without scaling. */
const readmeWidth = 840;

/** HTML by the name of the picture. */
type Pictures = Readonly<Record<string, string>>;

/** The pictures of keys. */
export const keyPictures = (shots: Shots): Pictures => ({
  credits: `
    <div class="columns" style="grid-template-columns: 1fr 330px">
      ${figure("Show Credits: your usage, and what you can do", shots.menu)}
      ${figure("In the status bar", shots.statusBar)}
    </div>`,
  consent: `
    <div class="columns" style="grid-template-columns: 1fr 1fr">
      ${figure("Another extension asks: you decide", shots.consent)}
      ${figure("Revoke its access at any time", shots.trusted)}
    </div>`,
});

/** What the pictures of the first hour show. */
type FirstHour = Readonly<
  Record<
    "limit" | "authorize" | "answer" | "question" | "chat" | "picker" | "tools" | "terminal" | "spending",
    Shot
  >
>;

/** The pictures of the first hour, of models, and of tools. */
export const chatPictures = (shots: FirstHour): Pictures => ({
  journey: `
    <div class="columns" style="grid-template-columns: 1fr 370px">
      <div class="rows">
        ${figure("1. Choose how much the key may spend", shots.limit)}
        ${figure("2. Authorize in the browser", shots.authorize, "A test page. OpenRouter's own looks different.", 280)}
      </div>
      ${figure("3. A model answers in the chat", shots.answer)}
    </div>`,
  tools: `
    <div class="columns" style="grid-template-columns: 1fr 1fr">
      ${figure("Set Up a Tool: what each gets", shots.tools)}
      ${figure("A terminal gets the key: you decide", shots.terminal)}
    </div>`,
  spending: figure("Show Spending: which extension spent what, and of what budget", shots.spending),
  chat: `
    <div class="columns" style="grid-template-columns: 1fr 360px">
      ${figure("VS Code's chat, with one of OpenRouter's models", shots.chat)}
      <div class="rows">
        ${figure("What the model picker shows", shots.picker)}
        ${figure("Another extension asks: you decide", shots.question)}
      </div>
    </div>`,
});

/** Draws pictures for the README, at twice the resolution of their width. */
export async function drawPictures(
  browser: BrowserContext,
  pictures: Pictures,
  theme: Theme,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage();
  for (const [name, content] of Object.entries(pictures)) {
    await page.setContent(`<style>${style}</style><body class="${theme}"><main>${content}</main>`);
    await page.locator("main").screenshot({ path: join(folder, `${name}-${theme}.png`) });
  }
  await page.close();
}

const figure = (caption: string, shot: Shot, note = "", width = widthOf(shot) / 2) => `
  <figure>
    <figcaption>${caption}</figcaption>
    <img width="${width}" src="data:image/png;base64,${shot.toString("base64")}">
    ${note && `<small>${note}</small>`}
  </figure>`;

/** A PNG has its width in pixels after its signature and the name of its first chunk. */
const widthOf = (png: Shot) => png.readUInt32BE(16);

const style = `
body { margin: 0; }
main {
  display: grid; justify-content: center; box-sizing: border-box; width: ${readmeWidth}px; padding: 20px;
  font: 15px/1.4 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
}
.light { color: #1f2328; background: #eceef2; }
.dark { color: #f0f3f6; background: #2a2d34; }
.columns { display: grid; gap: 20px; }
.rows { display: flex; flex-direction: column; justify-content: space-evenly; gap: 24px; }
figure { margin: 0; }
figcaption { margin-bottom: 8px; font-weight: 600; }
img { display: block; box-sizing: border-box; max-width: 100%; border: 1px solid #8885; border-radius: 8px; }
small { display: block; margin-top: 8px; font-size: 12.5px; opacity: .8; }
`;
