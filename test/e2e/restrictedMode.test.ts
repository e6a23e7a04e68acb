import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../tools/paths.mjs";
import { connect, openConnectable } from "./openRouter";

test("Restricted Mode, in a hostile folder: connects to the base URL of the user settings", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(
    t,
    { "security.workspace.trust.startupPrompt": "never", "connectOpenRouter.creditLimit": 5 },
    { untrustedFolder: join(root, "test/fixtures/hostileWorkspace") },
  );
  await window.statusBarItem("Restricted Mode").waitFor();
  await window.screenshot("restricted");
  const page = await connect(window);
  assert.equal(new URL(page.url()).origin, fakeOpenRouter.url);
  await page.locator("#approve").click();
  await window.toast("Connected to OpenRouter. Credit limit: $5.00 total.").waitFor();
  await window.page.bringToFront();
  await window.statusBarItem("$5.00").waitFor();
  await window.statusBarItem("Restricted Mode").waitFor();
  await window.screenshot("connected");
  assert.deepEqual([fakeOpenRouter.keys.length, fakeOpenRouter.keys[0]?.label], [1, "VS Code"]);
});
