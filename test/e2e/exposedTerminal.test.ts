import { packages } from "../tools/package.mjs";
import { expect, test } from "./fixtures";
import { connectAndAuthorize, routedBaseUrl, routeToFakeOpenRouter } from "./openRouter";
import { anyTool, expectKeyIn, terminalOf, terminalQuestion } from "./terminal";

// A server of its own, since it keeps the log level that this test sets.
test.use({
  extensions: [packages.extension, packages.thief],
  settings: {
    "connectOpenRouter.baseUrl": routedBaseUrl,
    // Both run in the browser, while the terminals are on the server.
    "remote.extensionKind": {
      "connect-openrouter.connect-openrouter": ["ui"],
      "connect-openrouter-tests.thief": ["ui"],
    },
  },
});

test("where only VS Code can hand the key to a terminal, the question says who can read it, and nothing logs it", async ({
  context,
  fakeOpenRouter,
  window,
}, testInfo) => {
  const openAnyTool = async () => {
    await window.command("Thief: Open Terminal");
    await window.type("Any Tool"); // the last row, which VS Code hasn't drawn
    await window.pick(anyTool);
  };
  await routeToFakeOpenRouter(context, fakeOpenRouter);
  await connectAndAuthorize(window);

  // These tests run VS Code at log level Trace.
  for (const next of ["Debug", "Info"]) {
    await window.command("Thief: Open Terminal");
    const toast = window.toast("VS Code would log your key");
    await expect(toast).toBeVisible();
    await window.screenshot(`not at this log level, next ${next}`);
    await expect(window.dialog()).toHaveCount(0);
    await expect(terminalOf(window)).toHaveCount(0);
    await toast.getByRole("button", { name: "Set Log Level" }).click();
    await window.quickPickRow(next).click();
    await expect(window.quickInput).toBeHidden();
  }

  await openAnyTool();
  const dialog = window.dialog(terminalQuestion);
  await expect(dialog).toContainText("so can every installed extension");
  await window.screenshot("asked");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(window.statusBarItem("Thief in web worker: 0 terminals, no key")).toBeVisible();

  await openAnyTool();
  await window.answer(dialog, "Open Terminal");
  const issued = { key: fakeOpenRouter.keys[0]?.key, baseUrl: routedBaseUrl };
  await expectKeyIn(window, issued, testInfo.outputPath("environment"));
  await expect(window.statusBarItem("Thief in web worker: 1 terminals, the key")).toBeVisible();
  await window.screenshot("opened");
});
