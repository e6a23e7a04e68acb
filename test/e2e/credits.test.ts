import type { Locator, Page } from "@playwright/test";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { hashOf, type IssuedKey, spend } from "../fakeOpenRouter/keys";
import { expect, test } from "./fixtures";
import { writeLedger } from "./ledger";
import { setting } from "./settingsEditor";
import type { CodeWindow } from "./window";

const monthly = { "connectOpenRouter.creditLimit": 12.5, "connectOpenRouter.creditLimitReset": "monthly" };
const theme = (name: string) => ({
  "workbench.colorTheme": `Default ${name}`,
  "workbench.editor.useModal": "off",
});

async function connect(window: CodeWindow): Promise<void> {
  const page = await window.pageOpenedBy(() => window.command("Connect OpenRouter"));
  await page.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
  await leave(page, window);
}

/** Closes the page, since a browser rarely draws a window in the background. */
async function leave(page: Page, window: CodeWindow): Promise<void> {
  await page.close();
  await window.page.bringToFront();
}

async function refresh(window: CodeWindow): Promise<void> {
  await window.command("OpenRouter: Show Credits");
  await window.pick("Refresh");
}

async function close(window: CodeWindow): Promise<void> {
  await window.quickInput.locator("input").first().press("Escape");
  await expect(window.quickInput).toBeHidden();
}

function onlyKey({ keys }: FakeOpenRouter): IssuedKey {
  const [issued] = keys;
  if (!issued) throw new Error("No key was issued");
  return issued;
}

/** The tooltip of the status bar item, with its pictures. */
async function tooltipOf(item: Locator, window: CodeWindow): Promise<Locator> {
  await item.hover();
  const tooltip = window.page.locator(".monaco-hover:visible");
  await expect(tooltip.getByText("Used this month")).toBeVisible();
  for (const name of [/^\d+% of the limit is used$/, "Bar chart of the last 14 days"]) {
    const image = tooltip.getByRole("img", { name });
    await expect(image).toBeVisible();
    // A picture that VS Code doesn't allow, or can't draw, has no width of its own.
    await expect(() =>
      expect(image.evaluate((img: HTMLImageElement) => img.naturalWidth)).resolves.toBe(300),
    ).toPass();
  }
  await expect(tooltip).toContainText(
    /Your OpenRouter models cost \$\d\.\d\d in the last 14 days\.\s*Most was spent on \w+ \d+: \$\d/,
  );
  return tooltip;
}

const keyRequests = (fakeOpenRouter: FakeOpenRouter) =>
  fakeOpenRouter.requests.filter(({ method, url }) => method === "GET" && url === "/api/v1/key").length;

test.describe(() => {
  test.use({
    settings: {
      ...monthly,
      ...theme("Light Modern"),
      "connectOpenRouter.keyExpiresAfterDays": 30,
      "connectOpenRouter.keyLabel": "Desk",
    },
  });

  test("credits: the requested limit, what's left of it, and warnings when little is left", async ({
    fakeOpenRouter,
    server,
    window,
  }) => {
    await expect(window.statusBarItem("OpenRouter"), "before the first sign-in").toHaveCount(0);
    writeLedger(server.userData);
    await connect(window);
    await expect(
      window.toast(/Connected to OpenRouter\. Credit limit: \$12\.50 a month, expires /),
    ).toBeVisible();
    const item = window.statusBarItem("$12.50 left");
    await expect(item).toBeVisible();
    expect(keyRequests(fakeOpenRouter), "one request both checks and shows the terms").toBe(1);
    const issued = onlyKey(fakeOpenRouter);
    expect(issued.label).toBe("Desk");
    expect(issued.limitReset).toBe("monthly");
    await window.screenshot("connected, light");
    await window.command("Notifications: Clear All Notifications");
    const asked = fakeOpenRouter.requests.length;
    const tooltip = await tooltipOf(item, window);
    expect(fakeOpenRouter.requests.length, "OpenRouter isn't asked for the tooltip").toBe(asked);
    await window.screenshot("tooltip, light");
    for (const text of ["Limit", "Left", "Resets", "Monthly", "Used today", "Expires", "Key", "Account"]) {
      await expect(tooltip.getByText(text).first()).toBeVisible();
    }
    const follow = async (name: string) =>
      (await tooltipOf(item, window)).getByRole("link", { name }).click();
    await follow("Set Up a Tool…");
    await expect(window.quickPickRow("Claude Code")).toBeVisible();
    await close(window);
    await follow("Show Spending");
    await expect(window.page.getByRole("tab", { name: "OpenRouter Spending" })).toBeVisible();
    await window.command("View: Close All Editors");
    const ownPage = await window.pageOpenedBy(() => follow("Open Key Page"));
    await expect(ownPage).toHaveURL(`${fakeOpenRouter.url}/keys/${hashOf(issued)}`);
    await leave(ownPage, window);

    spend(issued, 11.9);
    await item.click();
    await expect(window.quickPickRow("Open Key Page")).toBeVisible();
    await window.screenshot("quick pick");
    await window.pick("Refresh");
    await expect(window.statusBarItem("$0.60 left")).toBeVisible();
    await window.screenshot("quick pick after refreshing");
    await close(window);
    const low = window.toast("Your OpenRouter key has $0.60 left of its $12.50 limit.");
    await expect(low).toBeVisible();
    await window.screenshot("warned, light");
    await window.page.mouse.click(300, 300); // hides the tooltip, which covers the message
    await expect(tooltip).toBeHidden();
    const keyPage = await window.pageOpenedBy(() => low.getByRole("button", { name: "Raise Limit" }).click());
    await expect(keyPage).toHaveURL(`${fakeOpenRouter.url}/keys/${hashOf(issued)}`);
    await leave(keyPage, window);

    spend(issued, 0.1);
    await refresh(window);
    await close(window);
    await expect(window.statusBarItem("$0.50 left")).toBeVisible();

    spend(issued, 0.5);
    await refresh(window);
    await close(window);
    await expect(window.statusBarItem("$0.00 left")).toBeVisible();
    await expect(window.toast("Your OpenRouter key has reached its $12.50 limit.")).toBeVisible();
    await expect(window.toast("left of its $12.50 limit"), "one warning per threshold").toHaveCount(0);
    await window.screenshot("used up, light");

    // Offline: the last known usage with its age. A disabled key has a message of its own.
    fakeOpenRouter.misbehave({ key: { answer: "reset" } });
    await refresh(window);
    await expect(window.statusBarItem(/\$0\.00 left \(.+\)/)).toBeVisible();
    for (const sentence of [
      "Can't reach OpenRouter.",
      "Check your connection and proxy settings, then try again.",
    ]) {
      const row = window.quickPickRow(sentence).locator(".monaco-icon-label-container").first();
      await expect(row).toBeVisible();
      const isWhole = await row.evaluate((label) => label.scrollWidth <= label.clientWidth + 1);
      expect(isWhole, `"${sentence}" is not cut off`).toBe(true);
    }
    await window.screenshot("offline");
    await close(window);
    fakeOpenRouter.behave();
    issued.disabled = true;
    await refresh(window);
    await expect(window.quickPickRow("OpenRouter rejected this key, which worked before.")).toBeVisible();
    await expect(window.statusBarItem(/\$0\.00 left \(.+\)/), "one 401 may pass").toBeVisible();
    await window.screenshot("rejected once");
    await window.pick("Refresh");
    await expect(window.statusBarItem("Key not valid")).toBeVisible();
    await close(window);
    await expect(window.toast("OpenRouter no longer accepts")).toBeVisible();
    await window.screenshot("disabled");
    issued.disabled = false;
    await refresh(window);
    await expect(window.statusBarItem("$0.00 left")).toBeVisible();
    await close(window);
    expect(keyRequests(fakeOpenRouter)).toBeLessThanOrEqual(12);
  });
});

test.describe(() => {
  test.use({ settings: { ...monthly, ...theme("Dark Modern") } });

  test("credits: a limit that wasn't granted is reported, with a button to the page where it can be set", async ({
    fakeOpenRouter,
    server,
    window,
  }) => {
    writeLedger(server.userData);
    fakeOpenRouter.misbehave({ signIn: { terms: { limit: null, limitReset: null } } });
    await connect(window);
    const toast = window.toast("Requested: $12.50 a month. Granted: no credit limit.");
    await expect(toast).toBeVisible();
    await expect(window.statusBarItem("$0.00 used today")).toBeVisible();
    await window.screenshot("limit not granted");
    // This is the only message: the progress notification goes away.
    await expect(window.toasts.nth(1)).toHaveCount(0);
    const keyPage = await window.pageOpenedBy(() =>
      toast.getByRole("button", { name: "Change on OpenRouter" }).click(),
    );
    const issued = onlyKey(fakeOpenRouter);
    await expect(keyPage).toHaveURL(`${fakeOpenRouter.url}/keys/${hashOf(issued)}`);
    await window.screenshot("key page", keyPage);
    await leave(keyPage, window);

    // The other pages, from the quick pick.
    await window.command("OpenRouter: Show Credits");
    const activity = await window.pageOpenedBy(() => window.pick("Open Activity"));
    await expect(activity).toHaveURL(`${fakeOpenRouter.url}/logs?api_key_hash=${hashOf(issued)}`);
    await leave(activity, window);
    await window.command("OpenRouter: Show Credits");
    const credits = await window.pageOpenedBy(() => window.pick("Add Credits"));
    await expect(credits).toHaveURL(`${fakeOpenRouter.url}/credits`);
    await leave(credits, window);

    // Typing a value brings one offer. The key of another account is kept beside the first.
    const limit = await setting(window, "Credit Limit");
    for (const typed of ["", "1", "12", "125"]) await limit.locator("input").fill(typed);
    const offer = window.toast("This setting applies to new keys only");
    await expect(offer).toBeVisible();
    await window.screenshot("offered to reconnect");
    await expect(offer).toHaveCount(1);
    fakeOpenRouter.behave();
    fakeOpenRouter.userId = "user_another";
    const page = await window.pageOpenedBy(() => offer.getByRole("button", { name: "Reconnect" }).click());
    await page.locator("#authorize").click();
    await expect(window.statusBarItem("$125.00 left")).toBeVisible();
    await leave(page, window);
    const [, second] = fakeOpenRouter.keys;
    if (second) spend(second, 120);
    await refresh(window);
    await close(window);
    await expect(window.toast("Your OpenRouter key has $5.00 left")).toBeVisible();
    await tooltipOf(window.statusBarItem("$5.00 left"), window);
    await window.screenshot("warned, dark");

    await window.command("OpenRouter: Show Credits");
    await window.pick("Choose Key");
    await expect(window.quickInput.getByText("Select the key to use")).toBeVisible();
    await window.screenshot("choose key");
    await window.quickInput.locator(".monaco-list-row").first().click();
    await expect(window.statusBarItem("$0.00 used today")).toBeVisible();

    await window.command("Notifications: Clear All Notifications");
    await window.stored("credits");
    const requestCount = keyRequests(fakeOpenRouter);
    await window.reload();
    await expect(window.statusBarItem("$0.00 used today")).toBeVisible();
    await window.screenshot("after a reload");
    const other = await window.openSecondWindow();
    await expect(other.statusBarItem("$0.00 used today")).toBeVisible();
    await other.page.close();
    expect(keyRequests(fakeOpenRouter), "windows share what they know").toBe(requestCount);
    await (await setting(window, "Show Credits")).locator(".setting-value-checkbox").click();
    await expect(window.statusBarItem("$0.00 used today")).toHaveCount(0);
  });
});

test.describe(() => {
  test.use({ settings: { ...monthly, ...theme("High Contrast") } });

  test("credits: a key that can't be checked", async ({ fakeOpenRouter, server, window }) => {
    writeLedger(server.userData);
    fakeOpenRouter.misbehave({ key: { answer: { status: 500 } } });
    await connect(window);
    const toast = window.toast("but the key's limit couldn't be checked. Requested: $12.50 a month.");
    await expect(toast).toBeVisible();
    await window.screenshot("terms not checked");
    fakeOpenRouter.behave();

    const issued = onlyKey(fakeOpenRouter);
    await refresh(window);
    await expect(window.statusBarItem("$12.50 left")).toBeVisible();
    await close(window); // then refresh again: a second request would join one that is still under way
    spend(issued, 12.5);
    await refresh(window);
    await close(window);
    await expect(window.toast("Your OpenRouter key has reached its $12.50 limit.")).toBeVisible();
    await tooltipOf(window.statusBarItem("$0.00 left"), window);
    await window.screenshot("used up, high contrast");

    await window.command("OpenRouter: Show Credits");
    await window.pick("Disconnect");
    await window.dialog("Disconnect").getByRole("button", { name: "Disconnect" }).click();
    await expect(window.statusBarItem("Connect OpenRouter")).toBeVisible();
    await window.screenshot("disconnected");
  });
});
