import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { evidenceFolder, keepUserData, watchBrowser } from "../audit/evidence.mjs";
import { openChromium } from "../tools/chromium.mjs";
import "../tools/endWithParent.mjs";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { packages } from "../tools/package.mjs";
import { root } from "../tools/paths.mjs";
import { changeSettings } from "../tools/settings.mjs";
import { startWorkbenchServer } from "../tools/workbenchServer.mjs";

export interface SessionOptions {
  /** User settings. */
  settings?: Record<string, unknown>;
  /** More extensions to install, as .vsix files. */
  extensions?: string[];
  /** `host:port` of the pages that VS Code opens without asking. */
  trustedDomains?: string[];
  /** The host name at which the browser opens VS Code, as if it ran on another machine. */
  host?: string;
  /** VS Code's port; any free one by default. */
  port?: number;
  /** The window's size, pixel density and color scheme. */
  screen?: Pick<BrowserContextOptions, "viewport" | "deviceScaleFactor" | "colorScheme">;
  /** A folder to open without trusting it: the window is in Restricted Mode. */
  untrustedFolder?: string;
  /** The language of the window, such as "de". VS Code's own texts stay English without a language pack. */
  language?: string;
  /** A .vsix to install instead of the packaged extension. */
  extension?: string;
}

/** One user with one VS Code and one browser profile, which can have several windows. */
export interface Session {
  readonly context: BrowserContext;
  /** The folder with the logs of VS Code and its extension hosts. */
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
  // For the audit. Benchmarks run without it.
  const evidence = process.env.EVIDENCE ? evidenceFolder(name) : undefined;

  const temporary = temporaryFolder("e2e");
  const userData = join(temporary.path, "user-data");
  changeSettings(userData, options.settings ?? {});
  const server = await startWorkbenchServer({
    folder: temporary.path,
    extensions: [options.extension ?? packages.extension, ...(options.extensions ?? [])],
    trustedDomains: options.trustedDomains ?? [],
    port: options.port ?? 0,
    workspaceTrust: options.untrustedFolder !== undefined,
    logLevel: evidence ? "trace" : "info",
  });

  const url = new URL(server.url);
  if (options.untrustedFolder) url.searchParams.set("folder", options.untrustedFolder);
  else url.searchParams.set("ew", "true");
  const { hostname } = url;
  if (options.host) url.hostname = options.host;
  const context = await openChromium(
    temporary.path,
    options.host ? [`--host-resolver-rules=MAP ${options.host} ${hostname}`] : [],
    options.screen,
  );
  context.setDefaultTimeout(20_000);
  // As a language pack does.
  if (options.language) await context.addInitScript(setLanguage, options.language);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const watching = evidence ? await watchBrowser(context, url.origin, evidence) : undefined;

  let steps = 0;
  return {
    context,
    logs: server.logs,
    async openPage() {
      const blank = context.pages().find((page) => page.url() === "about:blank");
      const page = blank ?? (await context.newPage());
      await page.goto(url.href);
      return page;
    },
    changeSettings: (changes) => changeSettings(userData, changes),
    screenshotPath(step) {
      steps++;
      return join(screenshots, `${String(steps).padStart(2, "0")}-${fileName(step)}.png`);
    },
    async close() {
      try {
        await watching?.keepStorage();
      } finally {
        await context.close();
        await server.stop();
        if (evidence) keepUserData(userData, evidence);
        temporary.remove();
      }
    },
  };
}

/** Runs in the page. */
const setLanguage = (language: string) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });

const fileName = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

function emptyFolder(parent: string, name: string): string {
  const folder = join(root, parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
