import assert from "node:assert/strict";
import { test } from "node:test";
import { connectAndApprove, openConnectable } from "./openRouter";

test("two windows: what one connects the other learns of, and gets by a reload; what it disconnects is gone in both", async (t) => {
  const { fakeOpenRouter, window: here } = await openConnectable(t);
  const there = await here.openSecondWindow();
  await there.command("Consumer: Ask Silently"); // starts the extension in it
  await there.statusBarItem("Consumer: none").waitFor();

  await here.page.bringToFront();
  await connectAndApprove(here);
  await here.stored('"sessions":{'); // VS Code passes on what windows share only every few seconds
  await there.page.bringToFront();
  const toast = there.toast("Another window connected to OpenRouter");
  for (let attempt = 1; ; attempt++) {
    await there.command("Consumer: Ask Silently"); // which makes it look
    try {
      await toast.waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 8) throw error;
    }
  }
  // A window in a browser reads its secrets as it opens. It must not overwrite what it can't see.
  await there.clearToasts();
  await there.command("Connect OpenRouter");
  await toast.waitFor();
  await there.screenshot("the other window knows");
  assert.equal(
    fakeOpenRouter.requests.filter(({ method, url }) => method === "GET" && url.startsWith("/auth?")).length,
    1,
  );
  await toast.getByRole("button", { name: "Reload Window" }).click();
  await there.account(/^sk-or-v1-/);
  await there.page.keyboard.press("Escape");
  await there.screenshot("and has the key after a reload");

  await there.command("OpenRouter: Disconnect");
  await there.dialog("Disconnect sk-or-v1-").getByRole("button", { name: "Disconnect" }).click();
  await there.toast("Disconnected from OpenRouter").waitFor();
  assert.equal(await there.toast("Another window").count(), 0);
  await there.stored('"removed"');
  await here.page.bringToFront();
  await here.command("OpenRouter: Copy API Key");
  await here.toast("You are not connected to OpenRouter").waitFor();
  await here.screenshot("disconnected in both");
});
