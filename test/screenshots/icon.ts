import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "../tools/paths.mjs";

/** Draws icon.png from icon.svg, and out/icon.png, a preview in the sizes that VS Code shows. */
export async function drawIcon(page: Page, media: string): Promise<void> {
  const svg = `data:image/svg+xml;base64,${readFileSync(join(media, "icon.svg")).toString("base64")}`;
  const icon = (size: number) => `<img src="${svg}" width="${size}" height="${size}" style="margin: 8px">`;

  await page.setContent(
    `<body style="margin: 0"><img src="${svg}" width="128" height="128" style="display: block">`,
  );
  await page.locator("img").screenshot({ path: join(media, "icon.png"), omitBackground: true });
  const grounds = ["#ffffff", "#f3f3f3", "#1f1f1f", "#000000"].map(
    (ground) => `<div style="background: ${ground}">${[16, 32, 64, 128].map(icon).join("")}</div>`,
  );
  await page.setContent(`<body style="margin: 0; width: 320px">${grounds.join("")}`);
  await page.screenshot({ path: join(root, "out/icon.png"), clip: { x: 0, y: 0, width: 320, height: 576 } });
}
