import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { packages } from "../tools/package.mjs";
import { connect } from "./openRouter";
import { openWindow } from "./window";

/**
 * An https URL, of no real host: VS Code's Content-Security-Policy lets its web extension host use http only for
 * localhost and 127.0.0.1, and code-server rewrites those URLs (to `/proxy/…`).
 */
const baseUrl = "https://openrouter.test";

/**
 * Routes that URL to the fake OpenRouter, in this browser only. Playwright then answers CORS preflights by itself;
 * test/web covers the real ones.
 */
const routeToFakeOpenRouter = (context: BrowserContext, fakeOpenRouter: FakeOpenRouter) =>
  context.route(`${baseUrl}/**`, async (route) => {
    const url = fakeOpenRouter.url + route.request().url().slice(baseUrl.length);
    await route.fulfill({ response: await route.fetch({ url, maxRedirects: 0 }) });
  });

/** A window whose browser runs our extension, while the extension that reads the key runs on the server. */
async function openWindowWithWebWorker(t: TestContext) {
  const fakeOpenRouter = await startFakeOpenRouter();
  t.after(() => fakeOpenRouter.close());
  const window = await openWindow(t, {
    settings: {
      "connectOpenRouter.baseUrl": baseUrl,
      "remote.extensionKind": { "connect-openrouter.connect-openrouter": ["ui"] },
      "workbench.editor.useModal": "off", // so that a list is as high as the window
    },
    trustedDomains: [new URL(baseUrl).host],
    extensions: [packages.consumer],
  });
  await routeToFakeOpenRouter(window.page.context(), fakeOpenRouter);
  return { fakeOpenRouter, window };
}

test("web worker: connect in it, stay connected after a reload, and share the key with an extension on the server", async (t) => {
  const { fakeOpenRouter, window } = await openWindowWithWebWorker(t);
  const page = await connect(window);
  await page.locator("#approve").click();
  await window.toast("Connected to OpenRouter. The key has no credit limit.").waitFor();
  await page.close();
  await window.page.bringToFront();
  await window.screenshot("connected");
  assert.equal(fakeOpenRouter.keys.length, 1);
  // Only a browser sends the origin.
  const exchange = fakeOpenRouter.requests.find(({ url }) => url === "/api/v1/auth/keys");
  assert.equal(exchange?.headers.origin, new URL(window.page.url()).origin);

  await window.stored("openrouter");
  // So that a later list is drawn completely. Before the reload, since VS Code may miss it otherwise.
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
