import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, openConnectable } from "./openRouter";

const title = "OpenRouter: Connect with a Code";

test("connect with a code: a wrong code shows an error in the input box, the right one connects", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, { "connectOpenRouter.creditLimit": 5 });
  const page = await connect(window, title);
  assert.equal(new URL(page.url()).searchParams.get("callback_url"), null);
  await page.locator("#approve").click();
  const code = await page.locator("#code").textContent();
  await page.screenshot({ path: window.screenshotPath("the code on screen") });
  await window.page.bringToFront();
  await window.enter("no-such-code");
  await window.quickInput.getByText("OpenRouter rejected the code").waitFor();
  await window.screenshot("a wrong code");
  await window.enter(` ${code} `);
  await window.toast("Connected to OpenRouter. Credit limit: $5.00 total.").waitFor();
  await window.screenshot("connected");
  assert.equal(fakeOpenRouter.keys.length, 1);
  assert.equal(fakeOpenRouter.keys[0]?.limit, 5);
});

test("connect with a code: Escape cancels without a message", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  await connect(window, title);
  await window.page.bringToFront();
  await window.quickInput.waitFor();
  await window.page.keyboard.press("Escape");
  await window.quickInput.waitFor({ state: "hidden" });
  await window.toast("Connecting to OpenRouter").waitFor({ state: "detached" });
  assert.equal(await window.page.locator(".notification-toast").count(), 0);
  assert.equal(fakeOpenRouter.keys.length, 0);
});

test("having trouble: another flow can be started while the first still waits for the browser", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  await connect(window);
  await window.page.bringToFront();
  await window.toast("authorize in your browser").getByRole("link", { name: "Having trouble?" }).click();
  await window.quickPickRow("Connect with a Code").waitFor();
  await window.screenshot("other flows");
  const page = await window.pageOpenedBy(() => window.pick("Connect with a Code"));
  await page.locator("#approve").click();
  const code = await page.locator("#code").textContent();
  await window.page.bringToFront();
  await window.enter(code ?? "");
  await window.toast("Connected to OpenRouter").waitFor();
  await window.toast("authorize in your browser").waitFor({ state: "detached" });
  await window.screenshot("connected with the other flow");
  assert.equal(fakeOpenRouter.keys.length, 1);
});

test("a window reloaded during a sign-in: pasting the browser's URL still connects", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, { "connectOpenRouter.creditLimit": 2 });
  const page = await connect(window);
  await window.page.bringToFront();
  await window.reload();
  await page.locator("#approve").click();
  await page.waitForURL(/[?&]code=/);
  const browserUrl = page.url();

  const another = await connect(window, title);
  await another.close();
  await window.page.bringToFront();
  await window.enter(browserUrl);
  await window.toast("Connected to OpenRouter. Credit limit: $2.00 total.").waitFor();
  await window.screenshot("connected after all");
  assert.equal(fakeOpenRouter.keys.length, 1);
});

test("plain http on another host: asks for a code right away, and says why", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, {}, { host: "code.test" });
  const page = await connect(window);
  assert.equal(new URL(page.url()).searchParams.get("callback_url"), null);
  await page.locator("#approve").click();
  const code = await page.locator("#code").textContent();
  await window.page.bringToFront();
  await window.quickInput.getByText("OpenRouter can't redirect to this editor").waitFor();
  await window.screenshot("why a code is needed");
  assert.equal(new URL(window.page.url()).hostname, "code.test");
  await window.enter(code ?? "");
  await window.toast("Connected to OpenRouter").waitFor();
  await window.screenshot("connected");
  assert.equal(fakeOpenRouter.keys.length, 1);
});
