import type { Locator, Page } from "@playwright/test";

/** A piece of the window, as a PNG. */
export type Shot = Buffer;

/** Hides what isn't in a user's status bar: the keyboard layout, which only browsers show, and the tests' extensions. */
export async function tidyStatusBar(page: Page): Promise<void> {
  const hidden = "#status\\.workbench\\.keyboardLayout, .statusbar-item.left { display: none !important }";
  await page.addStyleTag({ content: hidden });
}

/** Takes a screenshot of these elements, with a margin in CSS pixels, and without hover effects. */
export async function shoot(page: Page, elements: Locator[], margin = 10): Promise<Shot> {
  await page.mouse.move(100, (page.viewportSize()?.height ?? 0) - 60); // where nothing is
  await page.locator(".monaco-hover:visible").waitFor({ state: "hidden" });
  return photograph(page, elements, margin);
}

/** Takes screenshots until two are the same, since VS Code draws a list in several steps. */
export async function photograph(page: Page, elements: Locator[], margin: number): Promise<Shot> {
  let last: Shot | undefined;
  for (let attempt = 0; attempt < 20; attempt++) {
    const clip = await around(page, elements, margin);
    const shot = await page.screenshot({ clip, animations: "disabled" });
    if (last?.equals(shot)) return shot;
    last = shot;
  }
  throw new Error("The window doesn't stop changing");
}

/** The rectangle around the elements, within the window. */
async function around(page: Page, elements: Locator[], margin: number) {
  const boxes = (await Promise.all(elements.map((element) => element.boundingBox()))).filter(
    (box) => box !== null,
  );
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
  const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
