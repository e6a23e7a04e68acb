import { OpenRouter } from "@openrouter/sdk";
import { expect, test } from "./fixtures";
import { expectNoSecrets } from "./noSecrets";
import { connect } from "./openRouter";
import { check, step } from "./walkthrough";

test.describe(() => {
  test.use({ settings: { "connectOpenRouter.creditLimit": 12.5 } });

  test("connect: authorize in the browser, return connected, and stay connected after a reload", async ({
    fakeOpenRouter,
    window,
  }) => {
    const page = await connect(window);
    await expect(window.toast("authorize in your browser")).toBeVisible();
    await window.screenshot("waiting");
    await window.screenshot("consent page", page);

    // The request is byte for byte what the official SDK builds from the same values.
    const requestUrl = fakeOpenRouter.requests.find(({ url }) => url.startsWith("/auth?"))?.url ?? "";
    const query = new URL(requestUrl, fakeOpenRouter.url).searchParams;
    const sdk = new OpenRouter({ serverURL: `${fakeOpenRouter.url}/api/v1` });
    const sdkUrl = await sdk.oAuth.createAuthorizationUrl({
      callbackUrl: query.get("callback_url") ?? "",
      codeChallenge: query.get("code_challenge") ?? "",
      codeChallengeMethod: "S256",
      limit: 12.5,
    });
    // The SDK doesn't support the label yet, so it comes last.
    expect(fakeOpenRouter.url + requestUrl).toBe(`${sdkUrl}&key_label=VS+Code`);

    await page.locator("#authorize").click();
    await expect(window.toast("Connected to OpenRouter. Credit limit: $12.50 total.")).toBeVisible();
    await window.screenshot("connected");
    expect(fakeOpenRouter.keys).toHaveLength(1);
    const [issued] = fakeOpenRouter.keys;
    expect(issued?.limit).toBe(12.5);
    // VS Code gets to know the walkthrough only now, and ticks nothing that was done before by itself.
    await window.toast("Connected to OpenRouter").getByRole("button", { name: "What Next?" }).click();
    await expect(check(step(window, "Connect OpenRouter"))).toBeVisible();
    await window.screenshot("what next");

    await window.stored("openrouter");
    await window.reload();
    await window.account(/^VS Code \(OpenRouter\)/);
    await window.screenshot("still connected after a reload");

    const exchange = fakeOpenRouter.requests.find(({ url }) => url === "/api/v1/auth/keys");
    const { code, code_verifier } = JSON.parse(exchange?.body ?? "{}");
    const state = new URL(query.get("callback_url") ?? "").searchParams.get("vscode-query")?.split("=")[1];
    const secrets = [issued?.key, code, code_verifier, state].filter((secret) => secret);
    expect(secrets).toHaveLength(4);
    expectNoSecrets(window.logs, secrets);
    await expect(window.page.locator("body")).not.toContainText(issued?.key.slice(-40) ?? "");
  });
});

test("deny: one message, and Try Again connects", async ({ fakeOpenRouter, window }) => {
  const page = await connect(window);
  await page.locator("#deny").click();
  const toast = window.toast("You denied access on OpenRouter's page");
  await expect(toast).toBeVisible();
  await expect(window.toast("authorize in your browser")).toHaveCount(0);
  await window.screenshot("denied");
  await expect(window.toasts).toHaveCount(1);
  expect(fakeOpenRouter.keys).toHaveLength(0);

  const again = await window.pageOpenedBy(() => toast.getByRole("button", { name: "Try Again" }).click());
  await again.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter. The key has no credit limit.")).toBeVisible();
  expect(fakeOpenRouter.keys).toHaveLength(1);
});

test("cancel: no message, and authorizing afterwards says that the sign-in was canceled", async ({
  fakeOpenRouter,
  window,
}) => {
  const page = await connect(window);
  const progress = window.toast("authorize in your browser");
  await progress.getByRole("button", { name: "Cancel" }).click();
  await expect(progress).toHaveCount(0);
  await expect(window.toasts).toHaveCount(0);
  await window.screenshot("canceled");

  await page.locator("#authorize").click();
  await expect(window.toast("This sign-in was canceled")).toBeVisible();
  await window.screenshot("authorized too late");
  expect(fakeOpenRouter.keys).toHaveLength(0);
});

test("a failed code exchange: one message with a button to the log, and trying again works", async ({
  fakeOpenRouter,
  window,
}) => {
  fakeOpenRouter.misbehave({
    exchange: { answer: { status: 500 }, times: 2 },
    signIn: { codes: "needsEscaping" },
  });
  const page = await connect(window);
  await page.locator("#authorize").click();
  const toast = window.toast("OpenRouter is having problems (status 500)");
  await expect(toast).toBeVisible();
  await expect(toast.getByRole("button", { name: "Connect with a Code" })).toBeVisible(); // the next flow, by name
  await window.screenshot("exchange failed");

  // The log says what was tried, and how it ended.
  await window.page.bringToFront();
  await toast.getByRole("button", { name: "Show Log" }).click();
  for (const line of [
    /\[info\] Command connectOpenRouter.connect/,
    /\[info\] .*, scheme code-oss, remote server, web, node, .*, callback http:.*; flows: uriCallback, codeEntry/,
    /\[info\] Sign-in \w+ by uriCallback begins/,
    /\[warning\] .* \/api\/v1\/auth\/keys: 500, \d+ ms/,
    /\[error\] Sign-in \w+ by uriCallback failed after \d+ ms: .* 500/,
  ]) {
    await expect(window.output(line)).toBeVisible();
  }
  await window.screenshot("the log");

  const second = await connect(window);
  await second.locator("#authorize").click();
  await expect(toast).toBeVisible();

  // A code full of characters that need escaping arrives intact through the browser's URI handler.
  const again = await window.pageOpenedBy(() => toast.getByRole("button", { name: "Try Again" }).click());
  await again.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
});
