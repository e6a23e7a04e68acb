import type { TestContext } from "node:test";
import type { Page } from "playwright-core";
import { startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { packages } from "../tools/package.mjs";
import type { SessionOptions } from "./session";
import { type CodeWindow, openWindow } from "./window";

/** A window with our extension, pointed at a fake OpenRouter, and the extension that reads the key. */
export async function openConnectable(
  t: TestContext,
  settings: Record<string, unknown> = {},
  options: Pick<SessionOptions, "host" | "untrustedFolder" | "language" | "extension"> = {},
) {
  const fakeOpenRouter = await startFakeOpenRouter();
  t.after(() => fakeOpenRouter.close());
  const window = await openWindow(t, {
    settings: { "connectOpenRouter.baseUrl": fakeOpenRouter.url, ...settings },
    trustedDomains: [new URL(fakeOpenRouter.url).host],
    extensions: [packages.consumer],
    ...options,
  });
  return { fakeOpenRouter, window };
}

/** Runs the command, and returns OpenRouter's page. */
export async function connect(window: CodeWindow, command = "Connect OpenRouter"): Promise<Page> {
  const page = await window.pageOpenedBy(() => window.command(command));
  await page.locator("#approve").waitFor();
  return page;
}

/** Connects, and waits for the notification that says so. */
export async function connectAndApprove(window: CodeWindow): Promise<void> {
  const page = await connect(window);
  await page.locator("#approve").click();
  await window.toast(/Connected to OpenRouter/).waitFor();
  await page.close();
  await window.page.bringToFront();
  await window.clearToasts();
}
