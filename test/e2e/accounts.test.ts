import { fingerprint } from "./fingerprint";
import { expect, test } from "./fixtures";
import { connect, connectAndAuthorize } from "./openRouter";
import type { CodeWindow } from "./window";

/** The other extension's key, and whose it is. */
const shows = (window: CodeWindow, key: { key: string } | undefined, label: string) =>
  expect(window.statusBarItem(`Consumer: ${fingerprint(key)} of ${label} events`)).toBeVisible();

const allow = (window: CodeWindow) =>
  window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();

const replaceQuestion = (window: CodeWindow) =>
  window.dialog("You're already connected to this OpenRouter account");

/** Two keys of one user, of which the second is in use. */
async function connectTwice(window: CodeWindow) {
  await connectAndAuthorize(window);
  const page = await connect(window);
  await page.locator("#authorize").click();
  await replaceQuestion(window).getByRole("button", { name: "Keep Both" }).click();
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
  await page.close();
  await window.page.bringToFront();
  await window.clearToasts();
}

test("two keys of one user: each is an account, which extensions, Reconnect and consents tell apart", async ({
  fakeOpenRouter,
  window,
}) => {
  const { keys } = fakeOpenRouter;
  await connectTwice(window);
  const question = replaceQuestion(window);
  await window.account(/^VS Code \(OpenRouter\)/);
  await window.account(/^VS Code \(2\) \(OpenRouter\)/);
  await window.screenshot("two accounts");
  await window.page.keyboard.press("Escape");

  // VS Code asks which account to use, and remembers that.
  await window.command("Consumer: Ask");
  await allow(window);
  await window.pick("VS Code (2)");
  await shows(window, keys[1], "VS Code (2)");
  // A consent goes for one account.
  await window.command("Consumer: Ask For Account");
  await window.pick("VS Code");
  await allow(window);
  await shows(window, keys[0], "VS Code");
  // The preference can be cleared.
  await window.command("Consumer: Ask Again Which Account");
  await allow(window);
  await window.screenshot("asked again which account");
  await window.pick("VS Code (2)");
  await shows(window, keys[1], "VS Code (2)");

  // A new session of an account is that account's, and no other's.
  const page = await window.pageOpenedBy(async () => {
    await window.command("Consumer: Ask For New Session Of Account");
    await window.pick("VS Code");
    await allow(window);
  });
  await page.locator("#authorize").click();
  await expect(question).toContainText("VS Code (sk-or-v1-");
  await window.screenshot("replace the account's key");
  await question.getByRole("button", { name: "Replace" }).click();
  await shows(window, keys[2], "VS Code");
  await expect(window.dialog("Incorrect account")).toHaveCount(0);
  await page.close();
  await window.page.bringToFront();
  await window.clearToasts();

  // The consents of one account, which don't go for the other.
  await window.command("Accounts: Manage Trusted Extensions For Account");
  await window.pick("VS Code (2)");
  await window.screenshot("trusted extensions of the second account");
  await window.quickInput
    .getByRole("checkbox", { name: /consumer/i })
    .first()
    .click();
  await window.quickInput.getByRole("button", { name: "OK" }).click();
  await window.command("Consumer: Ask Silently");
  await shows(window, keys[2], "VS Code");
});

test("Reconnect replaces the key that OpenRouter rejected, without a question, and leaves the newer one alone", async ({
  fakeOpenRouter,
  window,
}) => {
  const { keys } = fakeOpenRouter;
  await connectTwice(window);
  await window.command("Consumer: Ask");
  await allow(window);
  await window.pick("VS Code");
  await shows(window, keys[0], "VS Code");

  await window.command("OpenRouter: Show Credits");
  await window.pick("Choose Key");
  await window.screenshot("choose key");
  await window.pick("VS Code");
  const [first] = keys;
  if (first) first.disabled = true;
  const rejected = window.toast("OpenRouter no longer accepts VS Code (sk-or-v1-");
  await expect(async () => {
    await window.command("OpenRouter: Show Credits"); // one rejection may pass, so it is checked again
    await window.quickPickRow("Refresh").click({ timeout: 2000 });
    await window.quickInput.locator("input").first().press("Escape", { timeout: 2000 });
    await expect(rejected).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(window.statusBarItem("Key not valid")).toBeVisible();
  await expect(window.statusBarItem("Consumer: none")).toBeVisible();
  await window.screenshot("rejected");
  const page = await window.pageOpenedBy(() => rejected.getByRole("button", { name: "Reconnect" }).click());
  await page.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
  await expect(replaceQuestion(window)).toHaveCount(0);
  await shows(window, keys[2], "VS Code");
  await window.page.bringToFront();
  await window.command("OpenRouter: Copy API Key");
  await expect(window.quickInput.locator(".monaco-list-row")).toHaveCount(2);
  await expect(window.quickInput.getByText(`...${keys[1]?.key.slice(-4)}`)).toBeVisible();
  await window.screenshot("both accounts");
});

test("a closed tab: what connects by the command answers the extension that waits", async ({
  fakeOpenRouter,
  window,
}) => {
  await window.command("Consumer: Ask");
  const abandoned = await window.pageOpenedBy(() => allow(window));
  await expect(abandoned.locator("#authorize")).toBeVisible();
  await abandoned.close();
  await window.page.bringToFront();
  const page = await connect(window);
  await window.screenshot("two sign-ins");
  await page.locator("#authorize").click();
  await expect.poll(() => fakeOpenRouter.keys.length).toBe(1);
  await shows(window, fakeOpenRouter.keys[0], "VS Code");
  await expect(window.toast("authorize in your browser")).toHaveCount(0);
  await expect(window.toasts).toHaveCount(1); // that it is connected
  await window.screenshot("both are connected");
});
