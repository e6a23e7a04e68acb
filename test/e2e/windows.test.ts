import assert from "node:assert/strict";
import { test } from "node:test";
import { connectAndApprove, openConnectable } from "./openRouter";

test("two windows: a key connected in one is reported in the other, which gets it after a reload; disconnecting goes for both", async (t) => {
  const { fakeOpenRouter, window: first } = await openConnectable(t);
  const second = await first.openSecondWindow();
  await second.command("Consumer: Ask Silently"); // starts the extension in it
  await second.statusBarItem("Consumer: none").waitFor();

  await first.page.bringToFront();
  await connectAndApprove(first);
  await first.stored('"sessions":{'); // VS Code shares globalState between windows only every few seconds
  await second.page.bringToFront();
  const toast = second.toast("Another window stored an OpenRouter key");
  for (let attempt = 1; ; attempt++) {
    await second.command("Consumer: Ask Silently"); // makes it read the sessions
    try {
      await toast.waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 8) throw error;
    }
  }
  // A window in a browser reads its secrets once, as it opens. It must not overwrite keys that it can't see.
  await second.clearToasts();
  await second.command("Connect OpenRouter");
  await toast.waitFor();
  await second.screenshot("the other window reports it");
  assert.equal(
    fakeOpenRouter.requests.filter(({ method, url }) => method === "GET" && url.startsWith("/auth?")).length,
    1,
  );
  await toast.getByRole("button", { name: "Reload Window" }).click();
  await second.account(/^sk-or-v1-/);
  await second.page.keyboard.press("Escape");
  await second.screenshot("and has the key after a reload");

  await second.command("OpenRouter: Disconnect");
  await second.dialog("Disconnect sk-or-v1-").getByRole("button", { name: "Disconnect" }).click();
  await second.toast("Disconnected from OpenRouter").waitFor();
  assert.equal(await second.toast("Another window").count(), 0);
  await second.stored('"removed"');
  await first.page.bringToFront();
  await first.command("OpenRouter: Copy API Key");
  await first.toast("You're not connected to OpenRouter").waitFor();
  await first.screenshot("disconnected in both");
});
