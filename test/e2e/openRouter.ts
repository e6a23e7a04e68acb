import { expect, type Page } from "@playwright/test";
import type { CodeWindow } from "./window";

/** Runs the command, and returns OpenRouter's page. */
export async function connect(window: CodeWindow, command = "Connect OpenRouter"): Promise<Page> {
  const page = await window.pageOpenedBy(() => window.command(command));
  await expect(page.locator("#approve")).toBeVisible();
  return page;
}

/** Connects, and waits for the notification that says so. */
export async function connectAndApprove(window: CodeWindow): Promise<void> {
  const page = await connect(window);
  await page.locator("#approve").click();
  await expect(window.toast(/Connected to OpenRouter/)).toBeVisible();
  await page.close();
  await window.page.bringToFront();
  await window.clearToasts();
}
