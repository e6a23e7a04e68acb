import { appendFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { openChromium } from "../vscode/chromium.mjs";
import "../vscode/endWithParent.mjs";
import { temporaryFolder } from "../vscode/lifetime.mjs";
import { packages } from "../vscode/package.mjs";
import { root } from "../vscode/paths.mjs";
import { changeSettings } from "../vscode/settings.mjs";
import { startWorkbenchServer } from "../vscode/workbenchServer.mjs";

export interface SessionOptions {
  /** User settings. */
  settings?: Record<string, unknown>;
  /** Installs the extension that reads the key as well. */
  consumer?: boolean;
  /** `host:port` of the pages that VS Code opens without a question. */
  trustedDomains?: string[];
  /** The name under which the browser finds VS Code, as if it were on another machine. */
  host?: string;
}

/** One user with one VS Code and one browser profile, which can have several windows. */
export interface Session {
  readonly context: BrowserContext;
  /** A folder: the logs of VS Code with its extension hosts, and the browser's console. */
  readonly logs: string;
  /** Opens the page of a window. */
  openPage(): Promise<Page>;
  changeSettings(changes: Record<string, unknown>): void;
  /** The path of the next screenshot. */
  screenshotPath(step: string): string;
  close(): Promise<void>;
}

export async function startSession(test: string, options: SessionOptions): Promise<Session> {
  const name = fileName(test);
  const screenshots = emptyFolder("out/e2e-screenshots", name);
  const keptLogs = emptyFolder("out/e2e-logs", name);

  const temporary = temporaryFolder("e2e");
  const userData = join(temporary.path, "user-data");
  changeSettings(userData, options.settings ?? {});
  const server = await startWorkbenchServer({
    folder: temporary.path,
    extensions: options.consumer ? [packages.extension, packages.consumer] : [packages.extension],
    trustedDomains: options.trustedDomains ?? [],
  });

  const address = new URL(`${server.url}?ew=true`);
  const { hostname } = address;
  if (options.host) address.hostname = options.host;
  const context = await openChromium(temporary.path, [
    ...(options.host ? [`--host-resolver-rules=MAP ${options.host} ${hostname}`] : []),
  ]);
  context.setDefaultTimeout(20_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  context.on("console", (message) => {
    appendFileSync(join(server.logs, "browser-console.log"), `[${message.type()}] ${message.text()}\n`);
  });

  let steps = 0;
  return {
    context,
    logs: server.logs,
    async openPage() {
      const blank = context.pages().find((page) => page.url() === "about:blank");
      const page = blank ?? (await context.newPage());
      await page.goto(address.href);
      return page;
    },
    changeSettings: (changes) => changeSettings(userData, changes),
    screenshotPath(step) {
      steps++;
      return join(screenshots, `${String(steps).padStart(2, "0")}-${fileName(step)}.png`);
    },
    async close() {
      await context.close();
      await server.stop();
      cpSync(server.logs, keptLogs, { recursive: true });
      temporary.remove();
    },
  };
}

const fileName = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

function emptyFolder(parent: string, name: string): string {
  const folder = join(root, parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
