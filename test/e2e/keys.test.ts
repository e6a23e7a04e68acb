import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { hashOf } from "../openrouter/keys";
import { connect, connectAndApprove, openConnectable } from "./openRouter";

const fingerprint = (key: { key: string } | undefined) => {
  assert.ok(key);
  return createHash("sha256").update(key.key).digest("hex").slice(0, 12);
};

test("another extension: consent, a replaced key, trust withdrawn, disconnect", async (t) => {
  const { standIn, window } = await openConnectable(t);
  await connectAndApprove(window);
  await window.command("Consumer: Ask Silently");
  await window.statusBarItem("Consumer: none").waitFor(); // there is a session, but no consent

  await window.command("Consumer: Ask");
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.statusBarItem(`Consumer: ${fingerprint(standIn.keys[0])}`).waitFor();

  const page = await connect(window);
  await page.locator("#approve").click();
  await page.close();
  const question = window.dialog("You are connected with this OpenRouter account already");
  await question.waitFor();
  await window.screenshot("replace or keep both");
  await question.getByRole("button", { name: "Replace" }).click();
  await window.statusBarItem(`Consumer: ${fingerprint(standIn.keys[1])}`).waitFor(); // told, and still trusted
  await window.clearToasts();

  await window.command("Manage Trusted Extensions For Account");
  await window.page.keyboard.press("Enter"); // the only account
  const trusted = window.quickInput.getByRole("checkbox", { name: /Consumer/ });
  await trusted.waitFor();
  await window.screenshot("trusted extensions");
  await trusted.uncheck();
  await window.page.keyboard.press("Enter");
  await window.command("Consumer: Ask Silently");
  await window.statusBarItem("Consumer: none").waitFor();

  await window.command("Consumer: Ask");
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.statusBarItem(`Consumer: ${fingerprint(standIn.keys[1])}`).waitFor();
  await window.command("OpenRouter: Disconnect");
  const dialog = window.dialog("Disconnect sk-or-v1-");
  await dialog.waitFor();
  await window.screenshot("disconnect");
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await window.statusBarItem("Consumer: none").waitFor();
  await window.screenshot("disconnected");
  const toast = window.toast("Disconnected from OpenRouter");
  const keyPage = await window.pageOpenedBy(() =>
    toast.getByRole("button", { name: "Open key page" }).click(),
  );
  await keyPage.waitForURL(`${standIn.url}/keys/${hashOf(standIn.keys[1] ?? assert.fail())}`);
});
