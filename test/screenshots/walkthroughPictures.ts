import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import type { Theme } from "./pictures";
import type { Shot } from "./shoot";

/** What the steps of the walkthrough show that have no drawing. */
interface WalkthroughShots {
  readonly limit: Shot;
  readonly answer: Shot;
  readonly tools: Shot;
  readonly chart: Shot;
}

/** As WebP, which VS Code shows like PNG, with a fifth of the bytes: all of them are in the package. */
export async function drawWalkthrough(
  browser: BrowserContext,
  { limit, answer, tools, chart }: WalkthroughShots,
  theme: Theme,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage();
  const steps = { connect: limit, chat: answer, tool: tools, credits: chart };
  for (const [step, shot] of Object.entries(steps)) {
    const webp = await page.evaluate(toWebp, shot.toString("base64"));
    writeFileSync(join(folder, `${step}-${theme}.webp`), Buffer.from(webp, "base64"));
  }
  await page.close();
}

/**
 * In the browser: a PNG with two pixels for each of CSS as WebP with one and a half, as VS Code takes it, with round
 * corners and a border. Both in Base64.
 */
async function toWebp(png: string): Promise<string> {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  const width = Math.round(picture.width * 0.75);
  const height = Math.round(picture.height * 0.75);
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("No canvas");
  context.imageSmoothingQuality = "high";
  context.roundRect(1, 1, width - 2, height - 2, 12);
  context.save();
  context.clip();
  context.drawImage(picture, 0, 0, width, height);
  context.restore();
  context.strokeStyle = "#888888";
  context.lineWidth = 1.5;
  context.stroke();
  const url = canvas.toDataURL("image/webp", 0.6);
  return url.slice(url.indexOf(",") + 1);
}
