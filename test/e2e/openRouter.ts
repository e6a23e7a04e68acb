import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import type { CodeWindow } from "./window";

/** Runs the command, and returns OpenRouter's page. */
export async function connect(window: CodeWindow, command = "Connect OpenRouter"): Promise<Page> {
  const page = await window.pageOpenedBy(() => window.command(command));
  await expect(page.locator("#authorize")).toBeVisible();
  return page;
}

/** Connects, and waits for the notification that says so. */
export async function connectAndAuthorize(window: CodeWindow): Promise<void> {
  const page = await connect(window);
  await page.locator("#authorize").click();
  await expect(window.toast(/Connected to OpenRouter/)).toBeVisible();
  await page.close();
  await window.page.bringToFront();
  await window.clearToasts();
}

/**
 * An https URL, of no real host: VS Code's Content-Security-Policy lets its web extension host use http only for
 * localhost and 127.0.0.1, and code-server rewrites those URLs (to `/proxy/…`).
 */
export const routedBaseUrl = "https://openrouter.test";

/**
 * Routes that URL to the fake OpenRouter, in this browser only. Playwright then answers CORS preflights by itself;
 * test/web covers the real ones.
 */
export const routeToFakeOpenRouter = (context: BrowserContext, fakeOpenRouter: FakeOpenRouter) =>
  context.route(`${routedBaseUrl}/**`, async (route) => {
    const url = fakeOpenRouter.url + route.request().url().slice(routedBaseUrl.length);
    await route.fulfill({ response: await route.fetch({ url, maxRedirects: 0 }) });
  });
