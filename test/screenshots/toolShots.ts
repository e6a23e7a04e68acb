import type { CodeWindow } from "../e2e/window";
import { type Shot, shoot } from "./shoot";

/** Lists the tools, and chooses one that gets the key in a terminal. */
export async function takeToolShots(window: CodeWindow): Promise<{ tools: Shot; terminal: Shot }> {
  const { page } = window;
  const size = page.viewportSize();
  await page.setViewportSize({ width: 880, height: 600 }); // so that no text is cut off
  await window.command("OpenRouter: Set Up a Tool…");
  await window.quickPickRow("Claude Code").waitFor();
  const tools = await shoot(page, [window.quickInput], 0);
  await window.pick("Claude Code");
  const dialog = window.dialog("Open a terminal");
  await dialog.waitFor();
  const terminal = await shoot(page, [dialog], 16);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  if (size) await page.setViewportSize(size);
  return { tools, terminal };
}
