import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { openConnectable } from "./openRouter";
import type { CodeWindow } from "./window";

/** Runs a command with the keyboard alone. */
async function runByKeyboard(window: CodeWindow, title: string): Promise<void> {
  await window.findCommand(title);
  await window.page.keyboard.press("Enter");
}

/** Presses a key until the target, or something inside it, has the focus. */
async function pressUntilFocused(window: CodeWindow, key: string, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await window.page.keyboard.press(key);
  }
  assert.fail(`${key} never reached the target`);
}

/** Moves down a quick pick until a screen reader would read this row, and accepts it. The input keeps the focus. */
async function choose(window: CodeWindow, name: string): Promise<void> {
  const row = window.quickInput.getByRole("option", { name, exact: true });
  await row.waitFor();
  for (let presses = 0; presses < 40; presses++) {
    const id = await row.getAttribute("id");
    const active = await window.quickInput.locator("input").first().getAttribute("aria-activedescendant");
    if (id && id === active) return window.page.keyboard.press("Enter");
    await window.page.keyboard.press("ArrowDown");
  }
  assert.fail(`${name} can't be reached`);
}

test("by keyboard: connect, show credits and disconnect, with meaningful accessible names", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, { "connectOpenRouter.creditLimit": 5 });
  const { keyboard } = window.page;
  const page = await window.pageOpenedBy(() => runByKeyboard(window, "Connect OpenRouter"));
  await page.locator("#approve").waitFor();
  await window.page.bringToFront();
  await window.toast("authorize in your browser").waitFor();
  await runByKeyboard(window, "Notifications: Focus Notification Toast");
  const trouble = window.toast("authorize in your browser").getByRole("link", { name: "Having trouble?" });
  await pressUntilFocused(window, "Tab", trouble);
  await window.screenshot("the link has the focus");
  await keyboard.press("Enter");
  await window.quickInput.getByRole("option", { name: "Connect with a Code", exact: true }).waitFor();
  await keyboard.press("Escape");
  await page.locator("#approve").press("Enter");
  await window.toast("Connected to OpenRouter. Credit limit: $5.00 total.").waitFor();
  await page.close();
  await window.page.bringToFront();

  const item = window.page.getByRole("button", { name: "OpenRouter: $5.00 left", exact: true });
  await pressUntilFocused(window, "F6", window.page.locator(".part.statusbar"));
  await pressUntilFocused(window, "ArrowRight", item);
  await window.screenshot("the status bar item has the focus");
  await keyboard.press("Enter");
  await window.quickInput.getByRole("option", { name: "Refresh", exact: true }).waitFor();
  // Screen readers read each row without its icon, and a usage row with its amount.
  const names = [...(await window.quickInput.ariaSnapshot()).matchAll(/option "([^"]+)"/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(names.slice(0, 10), [
    "Refresh",
    "Open Key Page",
    "Open Activity",
    "Add Credits",
    "Open Terminal with API Key",
    "Disconnect",
    "Settings",
    "Limit, $5.00, Usage",
    "Left, $5.00",
    "Used today, $0.00",
  ]);
  const box = window.quickInput.getByRole("textbox");
  assert.equal(await box.getAttribute("aria-label"), "Select an action - OpenRouter: $5.00 left");
  await choose(window, "Disconnect");
  const dialog = window.page.getByRole("dialog").filter({ hasText: "Disconnect sk-or-v1-" });
  await dialog.waitFor();
  assert.match(await dialog.ariaSnapshot(), /^- dialog "Warning Disconnect sk-or-v1-\w{3}\.\.\.\w{4}\?":/);
  await pressUntilFocused(window, "Tab", dialog.getByRole("button", { name: "Disconnect" }));
  await keyboard.press("Enter");
  await window.page.getByRole("button", { name: "Connect OpenRouter", exact: true }).waitFor();
  await window.toast("Disconnected from OpenRouter").waitFor();
  await runByKeyboard(window, "Notifications: Focus Notification Toast");
  await pressUntilFocused(
    window,
    "Tab",
    window.toast("Disconnected from OpenRouter").getByRole("button", { name: "Undo" }),
  );
  await keyboard.press("Enter");
  await window.page.getByRole("button", { name: "OpenRouter", exact: true }).waitFor();
  assert.equal(fakeOpenRouter.keys.length, 1);

  const codePage = await window.pageOpenedBy(() => runByKeyboard(window, "OpenRouter: Connect with a Code"));
  await codePage.locator("#approve").waitFor();
  await codePage.close();
  await window.page.bringToFront();
  const code = window.quickInput.getByLabel(
    "The code, or the full URL from the browser's address bar - Connect with a Code",
  );
  await code.and(window.page.locator("input")).waitFor();
  await pressUntilFocused(window, "Shift+Tab", window.quickInput.getByRole("button", { name: "Copy Link" }));
  await window.screenshot("a button of the input box has the focus");
});
