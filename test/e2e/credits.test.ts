import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { hashOf, spend } from "../fakeOpenRouter/keys";
import { type CodeWindow, openWindow } from "./window";

const monthly = { "connectOpenRouter.creditLimit": 12.5, "connectOpenRouter.creditLimitReset": "monthly" };
const light = { "workbench.colorTheme": "Default Light Modern" };
const dark = { "workbench.colorTheme": "Default Dark Modern" };
const highContrast = { "workbench.colorTheme": "Default High Contrast" };

async function openConnectable(t: TestContext, settings: Record<string, unknown>) {
  const fakeOpenRouter = await startFakeOpenRouter();
  t.after(() => fakeOpenRouter.close());
  const window = await openWindow(t, {
    settings: {
      "connectOpenRouter.baseUrl": fakeOpenRouter.url,
      "workbench.editor.useModal": "off",
      ...settings,
    },
    trustedDomains: [new URL(fakeOpenRouter.url).host],
  });
  return { fakeOpenRouter, window };
}

async function connect(window: CodeWindow): Promise<void> {
  const page = await window.pageOpenedBy(() => window.command("Connect OpenRouter"));
  await page.locator("#approve").click();
  await window.toast("Connected to OpenRouter").waitFor();
  await leave(page, window);
}

/** Closes the page, since a browser rarely draws a window in the background. */
async function leave(page: Page, window: CodeWindow): Promise<void> {
  await page.close();
  await window.page.bringToFront();
}

/** One of our settings in the settings editor, which this opens if needed. */
async function setting(window: CodeWindow, label: string): Promise<Locator> {
  const editor = window.page.locator(".settings-editor");
  if ((await editor.count()) === 0) {
    await window.command("Preferences: Open Settings (UI)");
    await editor.locator(".suggest-input-container").click();
    await window.page.keyboard.type("@ext:connect-openrouter.connect-openrouter");
  }
  const title = window.page.locator(".setting-item-label", { hasText: new RegExp(`^${label}$`) });
  const item = editor.locator(".setting-item-contents").filter({ has: title });
  await item.waitFor();
  await editor.getByText(/^\d Settings Found$/).waitFor(); // the settings are redrawn when the search ends
  return item;
}

async function refresh(window: CodeWindow): Promise<void> {
  await window.command("OpenRouter: Show Credits");
  await window.pick("Refresh");
}

async function close(window: CodeWindow): Promise<void> {
  await window.quickInput.locator("input").first().press("Escape");
  await window.quickInput.waitFor({ state: "hidden" });
}

const keyRequests = (fakeOpenRouter: FakeOpenRouter) =>
  fakeOpenRouter.requests.filter(({ method, url }) => method === "GET" && url === "/api/v1/key").length;

test("credits: the requested limit, what's left of it, and warnings when little is left", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, {
    ...monthly,
    ...light,
    "connectOpenRouter.keyExpiresAfterDays": 30,
    "connectOpenRouter.keyLabel": "Desk",
  });
  assert.equal(
    await window.statusBarItem("OpenRouter").count(),
    0,
    "no status bar item before the first sign-in",
  );
  await connect(window);
  await window.toast(/Connected to OpenRouter\. Credit limit: \$12\.50 a month, expires /).waitFor();
  const item = window.statusBarItem("$12.50 left");
  await item.waitFor();
  assert.equal(keyRequests(fakeOpenRouter), 1, "one request both checks and shows the terms");
  const [issued] = fakeOpenRouter.keys;
  assert.ok(issued);
  assert.equal(issued.label, "Desk");
  assert.equal(issued.limitReset, "monthly");
  await window.screenshot("connected, light");
  await window.command("Notifications: Clear All Notifications");
  await item.hover();
  const tooltip = window.page.locator(".monaco-hover:visible");
  await tooltip.getByText("Used this month").waitFor();
  await window.screenshot("tooltip, light");
  for (const text of ["Limit", "Left", "Resets", "Monthly", "Used today", "Expires", "Label", "Account"]) {
    assert.ok(await tooltip.getByText(text).count(), text);
  }

  spend(issued, 11.9);
  await item.click();
  await window.quickPickRow("Open Key Page").waitFor();
  await window.screenshot("quick pick");
  await window.pick("Refresh");
  await window.statusBarItem("$0.60 left").waitFor();
  await window.screenshot("quick pick after refreshing");
  await close(window);
  const low = window.toast("Your OpenRouter key has $0.60 left of its $12.50 limit.");
  await low.waitFor();
  await window.screenshot("warned, light");
  await window.page.mouse.click(300, 300); // hides the tooltip, which covers the message
  await tooltip.waitFor({ state: "hidden" });
  const keyPage = await window.pageOpenedBy(() => low.getByRole("button", { name: "Raise Limit" }).click());
  await keyPage.waitForURL(`${fakeOpenRouter.url}/keys/${hashOf(issued)}`);
  await leave(keyPage, window);

  spend(issued, 0.1);
  await refresh(window);
  await close(window);
  await window.statusBarItem("$0.50 left").waitFor();

  spend(issued, 0.5);
  await refresh(window);
  await close(window);
  await window.statusBarItem("$0.00 left").waitFor();
  await window.toast("Your OpenRouter key has reached its $12.50 limit.").waitFor();
  assert.equal(await window.toast("left of its $12.50 limit").count(), 0, "one warning per threshold");
  await window.screenshot("used up, light");

  // Offline: the last known usage with its age. A disabled key has a message of its own.
  fakeOpenRouter.misbehave({ key: { answer: "reset" } });
  await refresh(window);
  await window.statusBarItem(/\$0\.00 left \(.+\)/).waitFor();
  for (const sentence of [
    "Can't reach OpenRouter.",
    "Check your connection and proxy settings, then try again.",
  ]) {
    const row = window.quickPickRow(sentence).locator(".monaco-icon-label-container").first();
    await row.waitFor();
    assert.ok(
      await row.evaluate((label) => label.scrollWidth <= label.clientWidth + 1),
      "the text is cut off",
    );
  }
  await window.screenshot("offline");
  await close(window);
  fakeOpenRouter.behave();
  issued.disabled = true;
  await refresh(window);
  await window.statusBarItem("Key not valid").waitFor();
  await close(window);
  await window.toast("OpenRouter no longer accepts").waitFor();
  await window.screenshot("disabled");
  assert.ok(keyRequests(fakeOpenRouter) <= 12);
});

test("credits: a limit that wasn't granted is reported, with a button to the page where it can be set", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, { ...monthly, ...dark });
  fakeOpenRouter.misbehave({ signIn: { terms: { limit: null, limitReset: null } } });
  await connect(window);
  const toast = window.toast("Requested: $12.50 a month. Granted: no credit limit.");
  await toast.waitFor();
  await window.statusBarItem("$0.00 used today").waitFor();
  await window.screenshot("limit not granted");
  // This is the only message: the progress notification goes away.
  await window.page.locator(".notification-toast").nth(1).waitFor({ state: "detached" });
  const keyPage = await window.pageOpenedBy(() =>
    toast.getByRole("button", { name: "Change on OpenRouter" }).click(),
  );
  const [issued] = fakeOpenRouter.keys;
  assert.ok(issued);
  await keyPage.waitForURL(`${fakeOpenRouter.url}/keys/${hashOf(issued)}`);
  await keyPage.screenshot({ path: window.screenshotPath("key page") });
  await leave(keyPage, window);

  // The other pages, from the quick pick.
  await window.command("OpenRouter: Show Credits");
  const activity = await window.pageOpenedBy(() => window.pick("Open Activity"));
  await activity.waitForURL(`${fakeOpenRouter.url}/logs?api_key_hash=${hashOf(issued)}`);
  await leave(activity, window);
  await window.command("OpenRouter: Show Credits");
  const credits = await window.pageOpenedBy(() => window.pick("Add Credits"));
  await credits.waitForURL(`${fakeOpenRouter.url}/credits`);
  await leave(credits, window);

  // Typing a value brings one offer. The key of another account is kept beside the first.
  const limit = await setting(window, "Credit Limit");
  for (const typed of ["", "1", "12", "125"]) await limit.locator("input").fill(typed);
  const offer = window.toast("This setting applies to new keys only");
  await offer.waitFor();
  await window.screenshot("offered to reconnect");
  assert.equal(await offer.count(), 1);
  fakeOpenRouter.behave();
  fakeOpenRouter.userId = "user_another";
  const page = await window.pageOpenedBy(() => offer.getByRole("button", { name: "Reconnect" }).click());
  await page.locator("#approve").click();
  await window.statusBarItem("$125.00 left").waitFor();
  await leave(page, window);
  const second = fakeOpenRouter.keys[1];
  assert.ok(second);
  spend(second, 120);
  await refresh(window);
  await close(window);
  await window.toast("Your OpenRouter key has $5.00 left").waitFor();
  await window.statusBarItem("$5.00 left").hover();
  await window.page.locator(".monaco-hover:visible").getByText("Used this month").waitFor();
  await window.screenshot("warned, dark");

  await window.command("OpenRouter: Show Credits");
  await window.pick("Choose Key");
  await window.quickInput.getByText("Select the key to use").waitFor();
  await window.screenshot("choose key");
  await window.quickInput.locator(".monaco-list-row").first().click();
  await window.statusBarItem("$0.00 used today").waitFor();

  await window.command("Notifications: Clear All Notifications");
  await window.stored("credits");
  const requestCount = keyRequests(fakeOpenRouter);
  await window.reload();
  await window.statusBarItem("$0.00 used today").waitFor();
  await window.screenshot("after a reload");
  const other = await window.openSecondWindow();
  await other.statusBarItem("$0.00 used today").waitFor();
  await other.page.close();
  assert.equal(
    keyRequests(fakeOpenRouter),
    requestCount,
    "windows share what they know instead of requesting it again",
  );
  await (await setting(window, "Show Credits")).locator(".setting-value-checkbox").click();
  await window.statusBarItem("$0.00 used today").waitFor({ state: "detached" });
});

test("credits: a key that can't be checked", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, { ...monthly, ...highContrast });
  fakeOpenRouter.misbehave({ key: { answer: { status: 500 } } });
  await connect(window);
  const toast = window.toast("but the key's limit couldn't be checked. Requested: $12.50 a month.");
  await toast.waitFor();
  await window.screenshot("terms not checked");
  fakeOpenRouter.behave();

  const [issued] = fakeOpenRouter.keys;
  assert.ok(issued);
  await refresh(window);
  await window.statusBarItem("$12.50 left").waitFor();
  await close(window); // then refresh again: a second request would join one that is still under way
  spend(issued, 12.5);
  await refresh(window);
  await close(window);
  await window.toast("Your OpenRouter key has reached its $12.50 limit.").waitFor();
  await window.statusBarItem("$0.00 left").hover();
  await window.page.locator(".monaco-hover:visible").getByText("Used this month").waitFor();
  await window.screenshot("used up, high contrast");

  await window.command("OpenRouter: Show Credits");
  await window.pick("Disconnect");
  await window.dialog("Disconnect").getByRole("button", { name: "Disconnect" }).click();
  await window.statusBarItem("Connect OpenRouter").waitFor();
  await window.screenshot("disconnected");
});

test("credits: the settings editor explains invalid values", async (t) => {
  const { window } = await openConnectable(t, light);
  const days = await setting(window, "Key Expires After Days");
  await enterInvalid(days, "0", "Must be 1 to 3650 days");
  const label = await setting(window, "Key Label");
  await enterInvalid(label, "x".repeat(101), "Must be at most 100 characters long.");
  await window.screenshot("settings");
});

/** The settings editor redraws a setting at any time, and then loses what was just typed. */
async function enterInvalid(item: Locator, value: string, message: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await item.locator("input").fill(value);
    try {
      return await item.getByText(message).waitFor({ timeout: 3000 });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
