import { packages } from "../tools/package.mjs";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";
import {
  anyTool,
  bashWithAnotherKey,
  expectKeyIn,
  issuedKey,
  outputOf,
  terminalOf,
  terminalQuestion,
} from "./terminal";

test.use({ extensions: [packages.extension, packages.thief], settings: bashWithAnotherKey });

const title = "OpenRouter: Open Terminal with API Key";

for (const [thiefHost, extensionKind] of [
  ["Node", "workspace"],
  ["web worker", "ui"],
]) {
  test.describe(`with an extension in a ${thiefHost} host that wants the key`, () => {
    const kinds = { "connect-openrouter-tests.thief": [extensionKind] };
    test.use({ settings: { ...bashWithAnotherKey, "remote.extensionKind": kinds } });

    test("no terminal opens without a yes, and VS Code shows it nothing of the key", async ({
      fakeOpenRouter,
      window,
    }, testInfo) => {
      await connectAndAuthorize(window);
      await expect(window.statusBarItem(`Thief in ${thiefHost}: 0 terminals, no key`)).toBeVisible();
      await window.command("Thief: Open Terminal");
      await window.pick(anyTool);
      const dialog = window.dialog(terminalQuestion);
      await expect(dialog).toContainText("including commands that an extension runs there");
      await window.screenshot("asked");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await expect(dialog).toBeHidden();
      await expect(terminalOf(window)).toHaveCount(0);

      await window.command("Thief: Open Terminal");
      await window.pick(anyTool);
      await window.answer(dialog, "Open Terminal");
      await expectKeyIn(window, issuedKey(fakeOpenRouter), testInfo.outputPath("environment"));
      await expect(window.statusBarItem(`Thief in ${thiefHost}: 1 terminals, no key`)).toBeVisible();
      await window.screenshot("opened");
    });
  });
}

test("a terminal gets the key at any log level, whatever its start-up files set, and not after a reload", async ({
  fakeOpenRouter,
  window,
}, testInfo) => {
  await window.command(title);
  await expect(window.toast("You're not connected to OpenRouter.")).toBeVisible();
  await window.clearToasts();
  await connectAndAuthorize(window);

  // These tests run VS Code at log level Trace, which logs the options of terminals. The audit searches the logs.
  await window.command(title);
  await window.screenshot("what for");
  await window.pick(anyTool);
  await window.answer(window.dialog(terminalQuestion), "Open Terminal");
  await expectKeyIn(window, issuedKey(fakeOpenRouter), testInfo.outputPath("environment"));
  await expect(window.page.getByText("OpenRouter", { exact: true }).first()).toBeVisible();
  // VS Code's shell integration marks each command.
  await expect(window.page.locator(".terminal-command-decoration").first()).toBeAttached();
  await window.screenshot("terminal");

  await window.stored("credits");
  await window.reload();
  await expect(window.statusBarItem("used today")).toBeVisible();
  // Focuses the restored terminal if there is one, and otherwise opens a new one.
  await window.command("Terminal: Focus Terminal");
  const file = testInfo.outputPath("environment-after-a-reload");
  const print = "printenv OPENROUTER_API_KEY | cut -c 1-16";
  expect(await outputOf(window, print, file)).toBe("sk-or-v1-another\n");
  await window.screenshot("no such terminal after a reload");
});
