import { packages } from "../tools/package.mjs";
import { expect, test } from "./fixtures";
import { connectAndApprove } from "./openRouter";
import { bashWithAnotherKey, terminalOf } from "./terminal";

test.use({ extensions: [packages.extension, packages.thief], settings: bashWithAnotherKey });

test("look", async ({ window }) => {
  await connectAndApprove(window);
  await window.command("OpenRouter: Set Up a Tool…");
  await window.screenshot("list");
  await window.pick("Codex");
  await window.screenshot("codex missing");
  await window.toast("wasn't found").getByRole("button", { name: "Open Terminal" }).click();
  await window.screenshot("models");
  await window.quickInput.locator(".monaco-list-row").nth(1).click();
  await window.screenshot("question");
  await window.answer(window.dialog("for Codex"), "Open Terminal");
  await expect(terminalOf(window)).toBeAttached();
  await expect(window.page.locator(".terminal-command-decoration").first()).toBeAttached();
  await window.page.waitForTimeout(1500);
  await window.screenshot("terminal");
  await window.command("Terminal: Create New Terminal (With Profile)");
  await window.page.waitForTimeout(500);
  await window.screenshot("profiles");
  await window.page.keyboard.type("OpenRouter");
  await window.page.waitForTimeout(300);
  await window.page.keyboard.press("Enter");
  await window.page.waitForTimeout(800);
  await window.screenshot("profile what for");
  await window.page.keyboard.press("Escape");
  await window.page.waitForTimeout(800);
  await window.screenshot("profile canceled");
});
