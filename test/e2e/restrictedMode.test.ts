import { join } from "node:path";
import { root } from "../tools/paths.mjs";
import { expect, test } from "./fixtures";
import { connect } from "./openRouter";

test.use({
  folder: join(root, "test/fixtures/hostileWorkspace"),
  settings: { "security.workspace.trust.startupPrompt": "never", "connectOpenRouter.creditLimit": 5 },
});

test("Restricted Mode, in a hostile folder: connects to the base URL of the user settings", async ({
  fakeOpenRouter,
  window,
}) => {
  await expect(window.statusBarItem("Restricted Mode")).toBeVisible();
  await window.screenshot("restricted");
  const page = await connect(window);
  expect(new URL(page.url()).origin).toBe(fakeOpenRouter.url);
  await page.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter. Credit limit: $5.00 total.")).toBeVisible();
  await window.page.bringToFront();
  await expect(window.statusBarItem("$5.00")).toBeVisible();
  await expect(window.statusBarItem("Restricted Mode")).toBeVisible();
  await window.screenshot("connected");
  expect(fakeOpenRouter.keys.map(({ label }) => label)).toEqual(["VS Code"]);
});
