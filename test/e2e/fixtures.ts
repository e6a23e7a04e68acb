import { test as base } from "@playwright/test";
import { evidenceFolder, keepUserData, watchBrowser } from "../audit/evidence.mjs";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { launchOptions } from "../tools/chromium.mjs";
import type { BuiltIns } from "../tools/codeServer.mjs";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { packages } from "../tools/package.mjs";
import { freePort } from "../tools/ports.mjs";
import { startWorkbenchServer, type WorkbenchServer } from "../tools/workbenchServer.mjs";
import { enableChat } from "./chat";
import { startGallery } from "./gallery";
import { CodeWindow } from "./window";

export { expect } from "@playwright/test";

export interface TestOptions {
  /** User settings, besides the base URL, which is that of the fake OpenRouter. */
  settings: Record<string, unknown>;
  /** The folder to open. It is untrusted: the window is in Restricted Mode. */
  folder: string | undefined;
  /** The host name at which the browser opens VS Code, as if it ran on another machine. */
  host: string | undefined;
  /** Whether VS Code's chat is enabled, where it is there. In a new profile it isn't, until the user sets it up. */
  chatIsSetUp: boolean;
  /** The language of the window, such as "de". VS Code's own texts stay English without a language pack. */
  language: string | undefined;
}

export interface TestFixtures {
  fakeOpenRouter: FakeOpenRouter;
  /** A window of VS Code with our extension and the one that reads the key, in a browser profile of its own. */
  window: CodeWindow;
}

export interface WorkerOptions {
  /** The .vsix files to install. */
  extensions: string[];
  /** VS Code's port, if it is free. */
  port: number;
  /** VS Code's own extensions: those that ours meets, or all, and whether with its own chat, signed out of GitHub. */
  builtIns: keyof BuiltIns;
  /** A folder of programs, with which only those of the system are on the PATH. */
  programs: string | undefined;
  /** The hosts of links that VS Code opens without a question. Default: where the fake OpenRouter is. */
  trustedDomains: string[];
  /** Whether the Extensions view has a gallery, which offers ours alone. */
  gallery: boolean;
}

export interface WorkerFixtures {
  /** VS Code's server. A test has it for itself: each worker has its own, and runs one test at a time. */
  server: WorkbenchServer;
}

/** Another name for this machine. */
export const otherHost = "code.test";

export const test = base.extend<TestOptions & TestFixtures, WorkerOptions & WorkerFixtures>({
  settings: [{}, { option: true }],
  folder: [undefined, { option: true }],
  host: [undefined, { option: true }],
  chatIsSetUp: [true, { option: true }],
  language: [undefined, { option: true }],
  extensions: [[packages.extension, packages.consumer], { option: true, scope: "worker" }],
  port: [0, { option: true, scope: "worker" }],
  builtIns: ["few", { option: true, scope: "worker" }],
  programs: [undefined, { option: true, scope: "worker" }],
  // Where the fake OpenRouter listens, and where a test routes it to.
  trustedDomains: [["127.0.0.2:*", "[::1]:*", "openrouter.test"], { option: true, scope: "worker" }],
  gallery: [false, { option: true, scope: "worker" }],

  launchOptions: [
    async ({ launchOptions: options }, use, { project }) => {
      const { args, ...ours } = launchOptions(project.use.headless);
      const hosts = `--host-resolver-rules=MAP ${otherHost} 127.0.0.1`;
      await use({ ...options, ...ours, args: [...args, hosts] });
    },
    { scope: "worker" },
  ],

  server: [
    async ({ extensions, port: wanted, builtIns, programs, trustedDomains, gallery: hasGallery }, use) => {
      const temporary = temporaryFolder("e2e");
      const port = wanted || hasGallery ? await freePort(wanted) : 0;
      const gallery = hasGallery ? await startGallery(`http://127.0.0.1:${port}`) : undefined;
      const server = await startWorkbenchServer({
        folder: temporary.path,
        extensions,
        port,
        builtIns,
        trustedDomains,
        logLevel: process.env.EVIDENCE ? "trace" : "info",
        ...(programs && { programs }),
        ...(gallery && { gallery: gallery.url }),
      });
      await use(server);
      await server.stop();
      gallery?.close();
      temporary.remove();
    },
    { scope: "worker" },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  fakeOpenRouter: async ({}, use) => {
    const fakeOpenRouter = await startFakeOpenRouter();
    await use(fakeOpenRouter);
    await fakeOpenRouter.close();
  },

  context: async ({ context, language }, use) => {
    // As a language pack does.
    if (language) {
      await context.addInitScript((name) => {
        Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name });
      }, language);
    }
    await use(context);
  },

  window: async (
    { server, context, fakeOpenRouter, settings, folder, host, builtIns, chatIsSetUp },
    use,
    testInfo,
  ) => {
    const chat = builtIns === "chat" || builtIns === "fewAndChat";
    const url = new URL(server.url);
    if (host) url.hostname = host;
    url.searchParams.set(folder ? "folder" : "ew", folder ?? "true");
    server.resetUserData({
      "connectOpenRouter.baseUrl": fakeOpenRouter.url,
      "connectOpenRouter.creditLimit": null, // decided: otherwise each test is asked about it
      "chat.disableAIFeatures": !chat,
      ...settings,
    });
    // For the audit. Pictures are taken without it.
    const evidence = process.env.EVIDENCE
      ? evidenceFolder(`${testInfo.testId}-${testInfo.retry}`)
      : undefined;
    const watching = evidence ? await watchBrowser(context, url.origin, evidence) : undefined;

    if (chat && chatIsSetUp) await enableChat(context, url.origin);
    const window = await CodeWindow.open({ context, url: url.href, server });
    await use(window);

    await watching?.keepStorage();
    await window.closeAll();
    await server.endExtensionHosts();
    if (evidence) keepUserData(server.userData, evidence);
  },
});
