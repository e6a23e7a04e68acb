import { expect, otherHost, test } from "./fixtures";
import { connect } from "./openRouter";

const title = "OpenRouter: Connect with a Code";

test.describe(() => {
  test.use({ settings: { "connectOpenRouter.creditLimit": 5 } });

  test("connect with a code: Escape cancels without a message, a wrong code shows an error, the right one connects", async ({
    fakeOpenRouter,
    window,
  }) => {
    const canceled = await connect(window, title);
    await window.page.bringToFront();
    await expect(window.quickInput).toBeVisible();
    await window.page.keyboard.press("Escape");
    await expect(window.quickInput).toBeHidden();
    await expect(window.toast("Connecting to OpenRouter")).toHaveCount(0);
    await expect(window.toasts).toHaveCount(0);
    await canceled.close();

    const page = await connect(window, title);
    expect(new URL(page.url()).searchParams.get("callback_url")).toBe(null);
    await page.locator("#authorize").click();
    const code = await page.locator("#code").textContent();
    await window.screenshot("the code on screen", page);
    await window.page.bringToFront();
    await window.enter("no-such-code");
    await expect(window.quickInput.getByText("OpenRouter rejected the code")).toBeVisible();
    await window.screenshot("a wrong code");
    const asked = fakeOpenRouter.requests.length;
    await window.enter(fakeOpenRouter.addKey().key);
    await expect(window.quickInput.getByText("This is an API key, not a code")).toBeVisible();
    expect(fakeOpenRouter.requests).toHaveLength(asked);
    fakeOpenRouter.keys.pop();
    await window.enter(` "${code}"\u200b `);
    await expect(window.toast("Connected to OpenRouter. Credit limit: $5.00 total.")).toBeVisible();
    await window.screenshot("connected");
    expect(fakeOpenRouter.keys).toHaveLength(1);
    expect(fakeOpenRouter.keys[0]?.limit).toBe(5);
  });
});

test("having trouble: another flow can be started while the first still waits for the browser", async ({
  fakeOpenRouter,
  window,
}) => {
  await connect(window);
  await window.page.bringToFront();
  await window.toast("authorize in your browser").getByRole("link", { name: "Having trouble?" }).click();
  await expect(window.quickPickRow("Connect with a Code")).toBeVisible();
  await window.screenshot("other flows");
  const page = await window.pageOpenedBy(() => window.pick("Connect with a Code"));
  await page.locator("#authorize").click();
  const code = await page.locator("#code").textContent();
  await window.page.bringToFront();
  await window.enter(code ?? "");
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
  await expect(window.toast("authorize in your browser")).toHaveCount(0);
  await window.screenshot("connected with the other flow");
  expect(fakeOpenRouter.keys).toHaveLength(1);
});

test.describe(() => {
  test.use({ settings: { "connectOpenRouter.creditLimit": 2 } });

  test("a window reloaded during a sign-in: pasting the browser's URL still connects", async ({
    fakeOpenRouter,
    window,
  }) => {
    const page = await connect(window);
    await window.page.bringToFront();
    await window.reload();
    await page.locator("#authorize").click();
    await expect(page).toHaveURL(/[?&]code=/);
    const browserUrl = page.url();

    const another = await connect(window, title);
    await another.close();
    await window.page.bringToFront();
    await window.enter(browserUrl);
    await expect(window.toast("Connected to OpenRouter. Credit limit: $2.00 total.")).toBeVisible();
    await window.screenshot("connected after all");
    expect(fakeOpenRouter.keys).toHaveLength(1);
  });
});

test.describe(() => {
  test.use({ host: otherHost });

  test("plain http on another host: asks for a code right away, and says why", async ({
    fakeOpenRouter,
    window,
  }) => {
    const page = await connect(window);
    expect(new URL(page.url()).searchParams.get("callback_url")).toBe(null);
    await page.locator("#authorize").click();
    const code = await page.locator("#code").textContent();
    await window.page.bringToFront();
    await expect(window.quickInput.getByText("OpenRouter can't redirect to this editor")).toBeVisible();
    await window.screenshot("why a code is needed");
    expect(new URL(window.page.url()).hostname).toBe(otherHost);
    await window.enter(code ?? "");
    await expect(window.toast("Connected to OpenRouter")).toBeVisible();
    await window.screenshot("connected");
    expect(fakeOpenRouter.keys).toHaveLength(1);
  });
});
