import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures";
import type { CodeWindow } from "./window";

/** Runs a command with the keyboard alone. */
async function runByKeyboard(window: CodeWindow, title: string): Promise<void> {
  await window.findCommand(title);
  await window.page.keyboard.press("Enter");
}

/** Presses a key until the target, or something inside it, has the focus. */
async function pressUntilFocused(window: CodeWindow, key: string, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const hasFocus = () => target.evaluate((element) => element.contains(document.activeElement));
  for (let presses = 0; presses < 40 && !(await hasFocus()); presses++) await window.page.keyboard.press(key);
  expect(await hasFocus(), `${key} reaches the target`).toBe(true);
}

/** Moves down a quick pick until a screen reader would read this row, and accepts it. The input keeps the focus. */
async function choose(window: CodeWindow, name: string): Promise<void> {
  const row = window.quickInput.getByRole("option", { name, exact: true });
  await expect(row).toBeVisible();
  const input = window.quickInput.locator("input").first();
  const isActive = async () =>
    (await row.getAttribute("id")) === (await input.getAttribute("aria-activedescendant"));
  for (let presses = 0; presses < 40 && !(await isActive()); presses++) {
    await window.page.keyboard.press("ArrowDown");
  }
  expect(await isActive(), `${name} can be reached`).toBe(true);
  await window.page.keyboard.press("Enter");
}

test.use({ settings: { "connectOpenRouter.creditLimit": 5 } });

test("by keyboard: connect, show credits and disconnect, with meaningful accessible names", async ({
  fakeOpenRouter,
  window,
}) => {
  const { keyboard } = window.page;
  const page = await window.pageOpenedBy(() => runByKeyboard(window, "Connect OpenRouter"));
  await expect(page.locator("#authorize")).toBeVisible();
  await window.page.bringToFront();
  await expect(window.toast("authorize in your browser")).toBeVisible();
  await runByKeyboard(window, "Notifications: Focus Notification Toast");
  const trouble = window.toast("authorize in your browser").getByRole("link", { name: "Having trouble?" });
  await pressUntilFocused(window, "Tab", trouble);
  await window.screenshot("the link has the focus");
  await keyboard.press("Enter");
  await expect(
    window.quickInput.getByRole("option", { name: "Connect with a Code", exact: true }),
  ).toBeVisible();
  await keyboard.press("Escape");
  await page.locator("#authorize").press("Enter");
  await expect(window.toast("Connected to OpenRouter. Credit limit: $5.00 total.")).toBeVisible();
  await page.close();
  await window.page.bringToFront();

  const item = window.page.getByRole("button", { name: "OpenRouter: $5.00 left", exact: true });
  await pressUntilFocused(window, "F6", window.page.locator(".part.statusbar"));
  await pressUntilFocused(window, "ArrowRight", item);
  await window.screenshot("the status bar item has the focus");
  await keyboard.press("Enter");
  await expect(window.quickInput.getByRole("option", { name: "Refresh", exact: true })).toBeVisible();
  // Screen readers read each row without its icon, and a usage row with its amount.
  const names = [...(await window.quickInput.ariaSnapshot()).matchAll(/option "([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(names.slice(0, 12)).toEqual([
    "Refresh",
    "Open Key Page",
    "Open Activity",
    "Show Spending",
    "Add Credits",
    "Set Up a Tool…",
    "Open Terminal with API Key",
    "Disconnect",
    "Settings",
    "Limit, $5.00, Usage",
    "Left, $5.00",
    "Used today, $0.00",
  ]);
  const box = window.quickInput.getByRole("textbox");
  await expect(box).toHaveAccessibleName("Select an action - OpenRouter: $5.00 left");
  await choose(window, "Disconnect");
  const dialog = window.page.getByRole("dialog").filter({ hasText: "Disconnect VS Code (sk-or-v1-" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toHaveAccessibleName(/^Warning Disconnect VS Code \(sk-or-v1-\w{3}\.\.\.\w{4}\)\?/);
  await pressUntilFocused(window, "Tab", dialog.getByRole("button", { name: "Disconnect" }));
  await keyboard.press("Enter");
  await expect(window.page.getByRole("button", { name: "Connect OpenRouter", exact: true })).toBeVisible();
  await expect(window.toast("Disconnected from OpenRouter")).toBeVisible();
  await runByKeyboard(window, "Notifications: Focus Notification Toast");
  await pressUntilFocused(
    window,
    "Tab",
    window.toast("Disconnected from OpenRouter").getByRole("button", { name: "Undo" }),
  );
  await keyboard.press("Enter");
  await expect(window.page.getByRole("button", { name: "OpenRouter", exact: true })).toBeVisible();
  expect(fakeOpenRouter.keys).toHaveLength(1);

  const codePage = await window.pageOpenedBy(() => runByKeyboard(window, "OpenRouter: Connect with a Code"));
  await expect(codePage.locator("#authorize")).toBeVisible();
  await codePage.close();
  await window.page.bringToFront();
  const code = window.quickInput.getByLabel(
    "The code, or the full URL from the browser's address bar - Connect with a Code",
  );
  await expect(code.and(window.page.locator("input"))).toBeVisible();
  await pressUntilFocused(window, "Shift+Tab", window.quickInput.getByRole("button", { name: "Copy Link" }));
  await window.screenshot("a button of the input box has the focus");
});
