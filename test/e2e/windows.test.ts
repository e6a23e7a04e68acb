import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";

test("two windows: a key connected in one is reported in the other, which gets it after a reload; disconnecting goes for both", async ({
  fakeOpenRouter,
  window: first,
}) => {
  const second = await first.openSecondWindow();
  await second.command("Consumer: Ask Silently"); // starts the extension in it
  await expect(second.statusBarItem("Consumer: none")).toBeVisible();

  await first.page.bringToFront();
  await connectAndAuthorize(first);
  await first.stored('"sessions":{'); // VS Code shares globalState between windows only every few seconds
  await second.page.bringToFront();
  const toast = second.toast("Another window stored an OpenRouter key");
  await expect(async () => {
    await second.command("Consumer: Ask Silently"); // makes it read the sessions
    await expect(toast).toBeVisible({ timeout: 1000 });
  }).toPass();
  // A window in a browser reads its secrets once, as it opens. It must not overwrite keys that it can't see.
  await second.clearToasts();
  await second.command("Connect OpenRouter");
  await expect(toast).toBeVisible();
  await second.screenshot("the other window reports it");
  const opened = fakeOpenRouter.requests.filter(
    ({ method, url }) => method === "GET" && url.startsWith("/auth?"),
  );
  expect(opened).toHaveLength(1);
  await toast.getByRole("button", { name: "Reload Window" }).click();
  await second.account(/^VS Code /);
  await second.page.keyboard.press("Escape");
  await second.screenshot("and has the key after a reload");

  await second.command("OpenRouter: Disconnect");
  await second.dialog("Disconnect VS Code (sk-or-v1-").getByRole("button", { name: "Disconnect" }).click();
  await expect(second.toast("Disconnected from OpenRouter")).toBeVisible();
  await expect(second.toast("Another window")).toHaveCount(0);
  await second.stored('"removed"');
  await first.page.bringToFront();
  await first.command("OpenRouter: Copy API Key");
  await expect(first.toast("You're not connected to OpenRouter")).toBeVisible();
  await first.screenshot("disconnected in both");
});
