import { test as base, _electron as electron, expect } from "@playwright/test";
import { Workbench } from "../e2e/workbench";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { findDesktop } from "../tools/desktop.mjs";
import { root } from "../tools/paths.mjs";
import { changeSettings } from "../tools/settings.mjs";
import { openUrl, registerUrlHandler } from "./urlHandler";

interface Desktop {
  executable: string;
  window: Workbench;
  /** The URLs that VS Code wanted to open in the browser, oldest first. */
  openedUrls(): Promise<string[]>;
}

const test = base.extend<{ fakeOpenRouter: FakeOpenRouter; desktop: Desktop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  fakeOpenRouter: async ({}, use) => {
    const fakeOpenRouter = await startFakeOpenRouter();
    await use(fakeOpenRouter);
    await fakeOpenRouter.close();
  },

  desktop: async ({ fakeOpenRouter }, use, testInfo) => {
    const executable = await findDesktop();
    const userData = testInfo.outputPath("user-data");
    changeSettings(userData, {
      "connectOpenRouter.baseUrl": fakeOpenRouter.url,
      "connectOpenRouter.creditLimit": 5,
      "window.dialogStyle": "custom", // drawn in the window
    });
    await registerUrlHandler(executable, userData);
    const app = await electron.launch({
      executablePath: executable,
      args: [
        `--extensionDevelopmentPath=${root}`,
        ...["--user-data-dir", userData, "--extensions-dir", testInfo.outputPath("extensions")],
        ...["--disable-workspace-trust", "--skip-welcome", "--skip-release-notes", "--disable-updates"],
        // Without a keyring, VS Code would ask the user what to do.
        "--password-store=basic",
        // A downloaded VS Code isn't installed, and so has no sandbox on Linux.
        ...(process.platform === "linux" ? ["--no-sandbox"] : []),
      ],
    });
    // No browser opens: the fake OpenRouter can do without its page.
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { openedUrls: opened });
      shell.openExternal = async (url: string) => void opened.push(url);
    });
    const window = new Workbench(await app.firstWindow());
    await window.ready();
    await use({
      executable,
      window,
      openedUrls: () => app.evaluate(() => Reflect.get(globalThis, "openedUrls")),
    });
    await app.close();
  },
});

test("desktop: a sign-in, with the callback delivered by the operating system", async ({
  desktop,
  fakeOpenRouter,
}) => {
  const { executable, openedUrls, window } = desktop;
  await window.command("Connect OpenRouter");
  // VS Code asks before it opens a link to a host that it doesn't know.
  await window.dialog("Do you want").getByRole("button", { name: "Open" }).click();
  await expect.poll(openedUrls).toHaveLength(1);
  const [authorizationUrl = ""] = await openedUrls();
  expect(new URL(authorizationUrl).searchParams.get("limit")).toBe("5");

  const callback = await fakeOpenRouter.authorize(authorizationUrl);
  expect(callback).toMatch(/^vscode:\/\/connect-openrouter\.connect-openrouter\/callback\?/);
  await openUrl(callback ?? "", executable);
  // … and before it hands a link from outside to an extension.
  await window.dialog("Connect OpenRouter").getByRole("button", { name: "Open" }).click();
  await expect(window.toast("Connected to OpenRouter. Credit limit: $5.00 total.")).toBeVisible();
  await expect(window.statusBarItem("$5.00 left")).toBeVisible();
  expect(fakeOpenRouter.keys).toHaveLength(1);
  await window.screenshot("connected");
});
