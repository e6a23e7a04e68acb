import { hashOf } from "../fakeOpenRouter/keys";
import { fingerprint } from "./fingerprint";
import { expect, test } from "./fixtures";
import { connect, connectAndAuthorize } from "./openRouter";
import type { CodeWindow } from "./window";

/** VS Code asks for consent, and then which account to use. */
async function askAndAllow(window: CodeWindow) {
  await window.command("Consumer: Ask");
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.pick("VS Code");
}

test("another extension: consent, replaced key, revoked consent, disconnect", async ({
  fakeOpenRouter,
  window,
}) => {
  await window.command("Consumer: Ask Silently");
  await expect(window.statusBarItem("Consumer: none")).toBeVisible();
  await window.command("Consumer: Ask");
  const consent = window.dialog("OpenRouter");
  await expect(consent).toBeVisible();
  await window.screenshot("asked for consent");
  const firstPage = await window.pageOpenedBy(() => consent.getByRole("button", { name: "Allow" }).click());
  await firstPage.locator("#authorize").click();
  await expect(window.statusBarItem(/Consumer: [0-9a-f]{12}/)).toBeVisible();
  await expect(window.statusBarItem(`Consumer: ${fingerprint(fakeOpenRouter.keys[0])}`)).toBeVisible();
  await firstPage.close();
  await window.page.bringToFront();
  await window.screenshot("the other extension has the key");

  const page = await connect(window);
  await page.locator("#authorize").click();
  const question = window.dialog("You're already connected to this OpenRouter account");
  await expect(question).toBeVisible();
  await page.close();
  await window.screenshot("replace or keep both");
  await question.getByRole("button", { name: "Replace" }).click();
  await expect(window.statusBarItem(`Consumer: ${fingerprint(fakeOpenRouter.keys[1])}`)).toBeVisible(); // notified, and still trusted
  await window.clearToasts();

  await window.command("Accounts: Manage Trusted Extensions For Account");
  await window.pick("VS Code");
  const trusted = window.quickInput.getByRole("checkbox", { name: /consumer/i }).first();
  await expect(trusted).toBeVisible();
  await window.screenshot("trusted extensions");
  await trusted.click();
  await window.quickInput.getByRole("button", { name: "OK" }).click();
  await window.command("Consumer: Ask Silently");
  await expect(window.statusBarItem("Consumer: none")).toBeVisible(); // there is a session, but no consent

  await askAndAllow(window);
  await expect(window.statusBarItem(`Consumer: ${fingerprint(fakeOpenRouter.keys[1])}`)).toBeVisible();
  await window.command("OpenRouter: Disconnect");
  const dialog = window.dialog("Disconnect VS Code (sk-or-v1-");
  await expect(dialog).toBeVisible();
  await window.screenshot("disconnect");
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await expect(window.statusBarItem("Consumer: none")).toBeVisible();
  await window.screenshot("disconnected");
  const toast = window.toast("Disconnected from OpenRouter");
  const keyPage = await window.pageOpenedBy(() =>
    toast.getByRole("button", { name: "Revoke on OpenRouter" }).click(),
  );
  const [, second] = fakeOpenRouter.keys;
  await expect(keyPage).toHaveURL(`${fakeOpenRouter.url}/keys/${second && hashOf(second)}`);
});

test("several keys: add, copy and disconnect", async ({ fakeOpenRouter, window }) => {
  const management = fakeOpenRouter.addKey({ isManagementKey: true });
  const existing = fakeOpenRouter.addKey({ userId: "user_someone_else" });

  await window.command("OpenRouter: Add an Existing API Key");
  await window.enter("nonsense");
  await expect(window.quickInput.getByText("OpenRouter rejected this key")).toBeVisible();
  await window.screenshot("rejected key");
  const asked = fakeOpenRouter.requests.length;
  await window.enter(management.key.replace(/^(.{12}).*(.{4})$/, "$1...$2"));
  await expect(window.quickInput.getByText("This key is masked")).toBeVisible();
  await window.screenshot("masked key");
  expect(fakeOpenRouter.requests).toHaveLength(asked);
  await window.enter(management.key);
  await expect(window.quickInput.getByText("This is a management key")).toBeVisible();
  await window.enter(`export OPENROUTER_API_KEY="${existing.key}"\n`);
  await expect(window.toast("is connected.")).toBeVisible();
  await window.screenshot("added");
  await window.clearToasts();
  await window.command("OpenRouter: Add an Existing API Key");
  await window.enter(existing.key);
  await expect(window.quickInput.getByText("This key is already connected")).toBeVisible();
  await window.page.keyboard.press("Escape");

  await connectAndAuthorize(window); // another account, so no question
  await window.command("OpenRouter: Copy API Key");
  await window.quickInput.getByText(`sk-or-v1-${existing.key.slice(9, 12)}...`).click();
  const dialog = window.dialog("Copy API key VS Code (sk-or-v1-");
  await expect(dialog).toBeVisible();
  await window.screenshot("copy");
  await window.answer(dialog, "Copy");
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => window.page.evaluate(() => navigator.clipboard.readText())).toBe(existing.key);

  await window.command("OpenRouter: Disconnect");
  await window.screenshot("which one");
  await window.quickInput.getByText(`sk-or-v1-${existing.key.slice(9, 12)}...`).click();
  await window.dialog("Disconnect VS Code (sk-or-v1-").getByRole("button", { name: "Disconnect" }).click();
  const toast = window.toast("Disconnected from OpenRouter");
  await toast.getByRole("button", { name: "Undo" }).click();
  await window.account(/^VS Code \(OpenRouter\)/); // it is back
});
