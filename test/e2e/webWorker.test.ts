import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { packages } from "../tools/package.mjs";
import { connect } from "./openRouter";
import { openWindow } from "./window";

/**
 * An https address, of no real host: VS Code's Content-Security-Policy lets its web extension host reach http
 * on localhost and 127.0.0.1 alone, and code-server leads the browser around those (`/proxy/…`).
 */
const baseUrl = "https://openrouter.test";

/**
 * Lets the fake OpenRouter answer under that address, to this browser and to nobody else. Playwright then answers the
 * browser's question whether another origin may send JSON (CORS preflight); test/web has the real answer.
 */
const playOpenRouter = (context: BrowserContext, fakeOpenRouter: FakeOpenRouter) =>
  context.route(`${baseUrl}/**`, async (route) => {
    const url = fakeOpenRouter.url + route.request().url().slice(baseUrl.length);
    await route.fulfill({ response: await route.fetch({ url, maxRedirects: 0 }) });
  });

/** A window in whose browser our extension runs, while the one that reads the key runs on the server. */
async function openWindowWithWebWorker(t: TestContext) {
  const fakeOpenRouter = await startFakeOpenRouter();
  t.after(() => fakeOpenRouter.close());
  const window = await openWindow(t, {
    settings: {
      "connectOpenRouter.baseUrl": baseUrl,
      "remote.extensionKind": { "connect-openrouter.connect-openrouter": ["ui"] },
      "workbench.editor.useModal": "off", // a list as high as the window
    },
    trustedDomains: [new URL(baseUrl).host],
    extensions: [packages.consumer],
  });
  await playOpenRouter(window.page.context(), fakeOpenRouter);
  return { fakeOpenRouter, window };
}

test("web worker: connect there, stay connected after a reload, and reach an extension on the server", async (t) => {
  const { fakeOpenRouter, window } = await openWindowWithWebWorker(t);
  const page = await connect(window);
  await page.locator("#approve").click();
  await window.toast("Connected to OpenRouter. The key has no credit limit.").waitFor();
  await page.close();
  await window.page.bringToFront();
  await window.screenshot("connected");
  assert.equal(fakeOpenRouter.keys.length, 1);
  // Only a browser names the origin.
  const exchange = fakeOpenRouter.requests.find(({ url }) => url === "/api/v1/auth/keys");
  assert.equal(exchange?.headers.origin, new URL(window.page.url()).origin);

  await window.stored("openrouter");
  // So that a list is drawn as a whole later. Before the reload, as VS Code may miss it otherwise.
  await window.page.setViewportSize({ width: 1280, height: 1600 });
  await window.reload();
  await window.account(/^sk-or-v1-\w{3}\.\.\.\w{4} \(OpenRouter\)/);
  await window.screenshot("still connected after a reload");
  await window.page.keyboard.press("Escape");

  await window.command("Consumer: Ask");
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.quickInput.getByText(/^sk-or-v1-/).click();
  await window.statusBarItem(/Consumer: [0-9a-f]{12}/).waitFor();
  assert.equal(fakeOpenRouter.keys.length, 1);

  await window.command("Developer: Show Running Extensions");
  const row = (name: string) =>
    window.page.locator(".runtime-extensions-editor .extension").filter({ hasText: name });
  await row("Connect OpenRouter").getByText("web worker").waitFor();
  await row("Consumer").getByText(new URL(window.page.url()).host).waitFor();
  await window.screenshot("running extensions");
});
