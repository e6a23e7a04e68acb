import { expect, test } from "./fixtures";
import { enterInvalid, setting } from "./settingsEditor";

test.use({
  settings: {
    "connectOpenRouter.baseUrl": "http://openrouter.example",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.editor.useModal": "off",
  },
});

test("invalid settings: explained in the settings editor, and an insecure base URL is rejected", async ({
  window,
}) => {
  const days = await setting(window, "Key Expires After Days");
  await enterInvalid(days, "0", "Must be 1 to 3650 days");
  const label = await setting(window, "Key Label");
  await enterInvalid(label, "x".repeat(101), "Must be at most 100 characters long.");
  await window.screenshot("settings");

  await window.command("Connect OpenRouter");
  const toast = window.toast("The base URL in the settings must start with https://");
  await expect(toast).toBeVisible();
  await window.screenshot("wrong base URL");
  await toast.getByRole("button", { name: "Open Settings" }).click();
  const editor = window.page.locator(".settings-editor");
  await expect(editor.getByText("1 Setting Found")).toBeVisible();
  await expect(editor.getByText("The address of OpenRouter, for a gateway")).toBeVisible();
  await window.screenshot("the setting");
});
