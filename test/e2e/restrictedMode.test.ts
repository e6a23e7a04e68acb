import { join } from "node:path";
import { root } from "../tools/paths.mjs";
import { expect, test } from "./fixtures";
import { connect } from "./openRouter";

test.use({
  folder: join(root, "test/fixtures/hostileWorkspace"),
  settings: {
    "chat.disableAIFeatures": false,
    "security.workspace.trust.startupPrompt": "never",
    "connectOpenRouter.creditLimit": 5,
  },
});

test("Restricted Mode, in a hostile folder: connects to the base URL of the user settings, and opens the chat once the folder is trusted", async ({
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

  await page.close();
  await window.clearToasts();
  await window.command("OpenRouter: Chat with OpenRouter's Models");
  const restricted = window.toast("VS Code's chat doesn't work in Restricted Mode.");
  await expect(restricted).toBeVisible();
  await window.screenshot("no chat");
  await restricted.getByRole("button", { name: "Manage Workspace Trust" }).click();
  await window.screenshot("trust");
  await window.page.getByRole("button", { name: "Trust", exact: true }).click();
  await expect(window.dialog("Use OpenRouter's models in VS Code's chat?")).toBeVisible();
  await window.screenshot("trusted");
});
