import { expect, type Locator } from "@playwright/test";
import type { CodeWindow } from "./window";

/** One of our settings in the settings editor, which this opens if needed. */
export async function setting(window: CodeWindow, label: string): Promise<Locator> {
  const editor = window.page.locator(".settings-editor");
  if ((await editor.count()) === 0) {
    await window.command("Preferences: Open Settings (UI)");
    await editor.locator(".suggest-input-container").click();
    await window.page.keyboard.type("@ext:connect-openrouter.connect-openrouter");
  }
  const title = window.page.locator(".setting-item-label", { hasText: new RegExp(`^${label}$`) });
  const item = editor.locator(".setting-item-contents").filter({ has: title });
  await expect(item).toBeVisible();
  await expect(editor.getByText(/^\d+ Settings Found$/)).toBeVisible(); // the settings are redrawn when the search ends
  return item;
}

/** The settings editor redraws a setting at any time, and then loses what was just typed. */
export async function enterInvalid(item: Locator, value: string, message: string): Promise<void> {
  await expect(async () => {
    await item.locator("input").fill(value, { timeout: 2000 });
    await expect(item.getByText(message)).toBeVisible({ timeout: 2000 });
  }).toPass();
}
