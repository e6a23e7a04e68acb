import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { packages } from "../tools/package.mjs";
import { expect, test } from "./fixtures";
import { connectAndApprove } from "./openRouter";

// A server of its own, since it keeps the log level that this test sets.
test.use({ extensions: [packages.extension] });

const title = "OpenRouter: Open Terminal with API Key";

test("a terminal gets the key, but not while VS Code would log it, and not after a reload", async ({
  fakeOpenRouter,
  window,
}, testInfo) => {
  await window.command(title);
  await expect(window.toast("You're not connected to OpenRouter.")).toBeVisible();
  await window.clearToasts();
  await connectAndApprove(window);

  // These tests run VS Code at log level Trace, which logs the environment of terminals.
  await window.command(title);
  const toast = window.toast("VS Code would log your key");
  await expect(toast).toBeVisible();
  await window.screenshot("not at this log level");
  await expect(window.page.locator(".terminal-wrapper")).toHaveCount(0);
  await toast.getByRole("button", { name: "Set Log Level" }).click();
  await window.quickPickRow("Info").click();
  await expect(window.quickInput).toBeHidden();

  const terminal = window.page.locator(".terminal-wrapper.active .xterm-helper-textarea");
  await window.command(title);
  await expect(terminal).toBeAttached();
  const printHash = 'printf %s "$OPENROUTER_API_KEY $OPENROUTER_BASE_URL" | sha256sum';
  const hash = await outputOf(window.page, printHash, testInfo.outputPath("environment"));
  await window.screenshot("terminal");
  const expected = `${fakeOpenRouter.keys[0]?.key} ${fakeOpenRouter.url}/api/v1`;
  expect(hash.split(" ")[0]).toBe(createHash("sha256").update(expected).digest("hex"));
  await expect(window.page.getByText("OpenRouter", { exact: true }).first()).toBeVisible();

  await window.stored("credits");
  await window.reload();
  await expect(window.statusBarItem("used today")).toBeVisible();
  // Focuses the restored terminal if there is one, and otherwise opens a new one.
  await window.command("Terminal: Focus Terminal");
  await expect(terminal).toBeAttached();
  const print = "printenv OPENROUTER_API_KEY | wc -c";
  expect(await outputOf(window.page, print, testInfo.outputPath("environment-after-a-reload"))).toBe("0\n");
  await window.screenshot("no such terminal after a reload");
});

/** Types the command until the shell, which may still be starting, has run it. Returns what it wrote to the file. */
async function outputOf(page: Page, command: string, file: string): Promise<string> {
  const output = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
  await expect(async () => {
    await page.keyboard.type(`${command} > ${file}`);
    await page.keyboard.press("Enter");
    await expect.poll(output, { timeout: 5000 }).not.toBe("");
  }).toPass();
  return output();
}
