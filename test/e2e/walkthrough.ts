import { expect, type Locator } from "@playwright/test";
import type { CodeWindow } from "./window";

/** A step of the open walkthrough. */
export function step(window: CodeWindow, title: string): Locator {
  const name = window.page.locator(".step-title").getByText(title, { exact: true });
  return window.page.locator(".getting-started-step").filter({ has: name });
}

/** The tick of a step that was done. */
export const check = (item: Locator) => item.locator(".codicon-getting-started-step-checked");

/** Opens our walkthrough, and focuses its first step. */
export async function openWalkthrough(window: CodeWindow, title: string): Promise<void> {
  // The list closes when something else takes the focus.
  await expect(async () => {
    await window.command("Welcome: Open Walkthrough...");
    await window.quickPickRow(title).click({ timeout: 2000 });
  }).toPass();
  // It opens at a step that isn't done yet, and shows that step's picture.
  await window.page.locator(".getting-started-step").first().focus();
}

/** Selects a step, which shows its text and its picture. */
export async function choose(window: CodeWindow, title: string): Promise<Locator> {
  const chosen = step(window, title);
  await chosen.locator(".step-title").click();
  await picture(window, chosen);
  await chosen.focus();
  return chosen;
}

/** Waits until VS Code shows the step's picture, and could read it. */
async function picture(window: CodeWindow, chosen: Locator): Promise<void> {
  const id = (await chosen.getAttribute("data-step-id"))?.split("#").at(-1);
  const image = window.page.locator(".getting-started-media img");
  const shown = () => image.evaluate((img: HTMLImageElement) => (img.naturalWidth > 0 ? img.currentSrc : ""));
  const path = async () => decodeURIComponent(await shown());
  if (id === "extension" || id === "terminal") await drawing(window);
  else await expect.poll(path).toMatch(new RegExp(`/${id}-(?:dark|light)\\.webp`));
}

/** Waits for a drawing. Once loaded it takes the focus, which closes the palette and swallows its key. */
async function drawing(window: CodeWindow): Promise<void> {
  const frame = window.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await expect(frame.locator("svg")).toBeVisible();
}
