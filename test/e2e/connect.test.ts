import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OpenRouter } from "@openrouter/sdk";
import { connect, openConnectable } from "./openRouter";
import { openWindow } from "./window";

/** Asserts that no file below the folder contains one of the secrets. */
function assertNoSecrets(folder: string, secrets: string[]) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  assert.ok(files.length > 0);
  for (const file of files) {
    const text = readFileSync(join(file.parentPath, file.name), "utf8");
    for (const secret of secrets) assert.ok(!text.includes(secret), `a secret is in ${file.name}`);
  }
}

test("connect: authorize in the browser, return connected, and stay connected after a reload", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t, { "connectOpenRouter.creditLimit": 12.5 });
  const page = await connect(window);
  await window.toast("authorize in your browser").waitFor();
  await window.screenshot("waiting");
  await page.screenshot({ path: window.screenshotPath("consent page") });

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
  assert.equal(fakeOpenRouter.url + requestUrl, `${sdkUrl}&key_label=VS+Code`);

  await page.locator("#approve").click();
  await window.toast("Connected to OpenRouter. Credit limit: $12.50 total.").waitFor();
  await window.screenshot("connected");
  assert.equal(fakeOpenRouter.keys.length, 1);
  const [issued] = fakeOpenRouter.keys;
  assert.equal(issued?.limit, 12.5);

  await window.stored("openrouter");
  await window.reload();
  await window.account(/^sk-or-v1-\w{3}\.\.\.\w{4} \(OpenRouter\)/);
  await window.screenshot("still connected after a reload");

  const exchange = fakeOpenRouter.requests.find(({ url }) => url === "/api/v1/auth/keys");
  const { code, code_verifier } = JSON.parse(exchange?.body ?? "{}");
  const state = new URL(query.get("callback_url") ?? "").searchParams.get("vscode-query")?.split("=")[1];
  assert.ok(issued && code && code_verifier && state);
  assertNoSecrets(window.logs, [issued.key, code, code_verifier, state]);
  const shown = await window.page.locator("body").textContent();
  assert.ok(!shown?.includes(issued.key.slice(-40)));
});

test("deny: one message, and Try Again connects", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  const page = await connect(window);
  await page.locator("#deny").click();
  const toast = window.toast("You denied access on OpenRouter's page");
  await toast.waitFor();
  await window.toast("authorize in your browser").waitFor({ state: "detached" });
  await window.screenshot("denied");
  assert.equal(await window.page.locator(".notification-toast").count(), 1);
  assert.equal(fakeOpenRouter.keys.length, 0);

  const again = await window.pageOpenedBy(() => toast.getByRole("button", { name: "Try Again" }).click());
  await again.locator("#approve").click();
  await window.toast("Connected to OpenRouter. The key has no credit limit.").waitFor();
  assert.equal(fakeOpenRouter.keys.length, 1);
});

test("cancel: no message, and authorizing afterwards says that the sign-in was canceled", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  const page = await connect(window);
  const progress = window.toast("authorize in your browser");
  await progress.getByRole("button", { name: "Cancel" }).click();
  await progress.waitFor({ state: "detached" });
  assert.equal(await window.page.locator(".notification-toast").count(), 0);
  await window.screenshot("canceled");

  await page.locator("#approve").click();
  await window.toast("This sign-in was canceled").waitFor();
  await window.screenshot("authorized too late");
  assert.equal(fakeOpenRouter.keys.length, 0);
});

test("a failed code exchange: one message with a button to the log, and trying again works", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  fakeOpenRouter.misbehave({
    exchange: { answer: { status: 500 }, times: 2 },
    signIn: { codes: "needsEscaping" },
  });
  const page = await connect(window);
  await page.locator("#approve").click();
  const toast = window.toast("OpenRouter is having problems (status 500)");
  await toast.waitFor();
  await toast.getByRole("button", { name: "Connect with a Code" }).waitFor(); // the next flow, by name
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
    await window.output(line).waitFor();
  }
  await window.screenshot("the log");

  const second = await connect(window);
  await second.locator("#approve").click();
  await toast.waitFor();

  // A code full of characters that need escaping arrives intact through the browser's URI handler.
  const again = await window.pageOpenedBy(() => toast.getByRole("button", { name: "Try Again" }).click());
  await again.locator("#approve").click();
  await window.toast("Connected to OpenRouter").waitFor();
});

test("an insecure base URL: rejected, with a button that opens the setting", async (t) => {
  const window = await openWindow(t, {
    settings: { "connectOpenRouter.baseUrl": "http://openrouter.example" },
  });
  await window.command("Connect OpenRouter");
  const toast = window.toast("The base URL in the settings must start with https://");
  await toast.waitFor();
  await window.screenshot("wrong base URL");
  await toast.getByRole("button", { name: "Open Settings" }).click();
  await window.page
    .locator(".settings-editor")
    .getByText("The address of OpenRouter, for a gateway")
    .waitFor();
  await window.screenshot("the setting");
});

test("another extension gets the key through VS Code's consent dialog", async (t) => {
  const { fakeOpenRouter, window } = await openConnectable(t);
  await window.command("Consumer: Ask Silently");
  await window.statusBarItem("Consumer: none").waitFor();

  await window.command("Consumer: Ask");
  const dialog = window.dialog("OpenRouter");
  await dialog.waitFor();
  await window.screenshot("asked for consent");
  const page = await window.pageOpenedBy(() => dialog.getByRole("button", { name: "Allow" }).click());
  await page.locator("#approve").click();
  await window.statusBarItem(/Consumer: [0-9a-f]{12}/).waitFor();
  await window.screenshot("the other extension has the key");
  assert.equal(fakeOpenRouter.keys.length, 1);
});
