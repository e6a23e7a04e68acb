import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";
import type { CodeWindow } from "./window";

async function copyKey(window: CodeWindow): Promise<void> {
  await connectAndAuthorize(window);
  await window.clearToasts();
  await window.command("OpenRouter: Copy API Key");
  const dialog = window.dialog("Copy API key VS Code (sk-or-v1-");
  await expect(dialog).toContainText("The clipboard is cleared after 60 seconds.");
  await window.screenshot("copy");
  await window.answer(dialog, "Copy");
  await expect(dialog).toHaveCount(0);
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test("a copied key: after a reload, the clipboard is cleared", async ({ fakeOpenRouter, window }) => {
  await copyKey(window);
  await expect.poll(() => clipboard(window.page)).toBe(fakeOpenRouter.keys[0]?.key);
  await window.reloadLongAfter("copiedAt");
  await expect.poll(() => clipboard(window.page)).toBe(" ");
  await expect(window.toasts).toHaveCount(0);
});

test("a copied key: in the background, the clipboard is cleared once the tab is in front again", async ({
  fakeOpenRouter,
  window,
  context,
}) => {
  await copyKey(window);
  // What a browser does in the background, since Playwright lets every page believe that it has the focus.
  await window.page.addInitScript(() => {
    const isInBackground = () => sessionStorage.getItem("background") !== null;
    const readText = navigator.clipboard.readText.bind(navigator.clipboard);
    document.hasFocus = () => !isInBackground();
    navigator.clipboard.readText = async () => {
      if (isInBackground()) throw new DOMException("Document is not focused.", "NotAllowedError");
      return readText();
    };
  });
  await window.page.evaluate(() => sessionStorage.setItem("background", ""));
  await window.reloadLongAfter("copiedAt");
  await expect(window.statusBarItem("used today")).toBeVisible(); // the extension has started
  const other = await context.newPage();
  await other.goto(fakeOpenRouter.url);
  expect(await clipboard(other)).toBe(fakeOpenRouter.keys[0]?.key);
  await other.close();

  await window.page.evaluate(() => {
    sessionStorage.removeItem("background");
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect.poll(() => clipboard(window.page)).toBe(" ");
  await expect(window.toasts).toHaveCount(0);
});

test.describe(() => {
  test.use({ permissions: [] });

  test("a copied key: without the browser's permission, a message says so, and clears the clipboard", async ({
    fakeOpenRouter,
    window,
    context,
  }) => {
    await copyKey(window);
    await window.reloadLongAfter("copiedAt");
    const toast = window.toast("The API key you copied may still be on the clipboard");
    await expect(toast).toBeVisible();
    await window.screenshot("not cleared");
    await window.findCommand("Developer: Reload Window"); // pastes where a user would
    await window.page.keyboard.press("ControlOrMeta+v");
    await expect(window.quickInput.locator("input").first()).toHaveValue(
      new RegExp(`${fakeOpenRouter.keys[0]?.key}$`),
    );
    await window.page.keyboard.press("Escape");

    await toast.getByRole("button", { name: "Clear Clipboard" }).click();
    await expect(toast).toHaveCount(0);
    await context.grantPermissions(["clipboard-read"]);
    await expect.poll(() => clipboard(window.page)).toBe(" ");
  });
});
