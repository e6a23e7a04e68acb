import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import { connectAndApprove, openConnectable } from "./openRouter";

const title = "OpenRouter: Open Terminal with API Key";

test("a terminal gets the key, but not while VS Code would log it, and not after a reload", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  await window.command(title);
  await window.toast("You're not connected to OpenRouter.").waitFor();
  await window.clearToasts();
  await connectAndApprove(window);

  // These tests run VS Code at log level Trace, which logs the environment of terminals.
  await window.command(title);
  const toast = window.toast("VS Code would log your key");
  await toast.waitFor();
  await window.screenshot("not at this log level");
  assert.equal(await window.page.locator(".terminal-wrapper").count(), 0);
  await toast.getByRole("button", { name: "Set Log Level" }).click();
  await window.quickPickRow("Info").click();
  await window.quickInput.waitFor({ state: "hidden" });

  const folder = mkdtempSync(join(tmpdir(), "terminal-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "environment");
  const terminal = window.page.locator(".terminal-wrapper.active .xterm-helper-textarea");
  await window.command(title);
  await terminal.waitFor({ state: "attached" });
  await typeUntil(
    window.page,
    `printf %s "$OPENROUTER_API_KEY $OPENROUTER_BASE_URL" | sha256sum > ${file}`,
    file,
  );
  await window.screenshot("terminal");
  const expected = `${fakeOpenRouter.keys[0]?.key} ${fakeOpenRouter.url}/api/v1`;
  assert.equal(readFileSync(file, "utf8").split(" ")[0], createHash("sha256").update(expected).digest("hex"));
  await window.page.getByText("OpenRouter", { exact: true }).first().waitFor();

  await window.stored("credits");
  await window.reload();
  await window.statusBarItem("used today").waitFor();
  // Focuses the restored terminal if there is one, and otherwise opens a new one.
  const after = join(folder, "environment-after-the-reload");
  await window.command("Terminal: Focus Terminal");
  await terminal.waitFor({ state: "attached" });
  await typeUntil(window.page, `printf %s "\${OPENROUTER_API_KEY-none}" > ${after}`, after);
  assert.equal(readFileSync(after, "utf8"), "none");
  await window.screenshot("no such terminal after a reload");
});

/** Types the command until the shell, which may still be starting, has run it. */
async function typeUntil(page: Page, command: string, file: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.type(command);
    await page.keyboard.press("Enter");
    for (let i = 0; i < 20; i++) {
      if (existsSync(file) && readFileSync(file, "utf8")) return;
      await delay(250);
    }
    assert.ok(attempt < 3, "the terminal didn't run the command");
  }
}
