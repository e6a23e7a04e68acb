import { join } from "node:path";
import { openWindow } from "../e2e/window";
import { startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { packages } from "../tools/package.mjs";
import { freePort } from "../tools/ports.mjs";
import { drawIcon } from "./icon";
import { drawPictures, type Theme } from "./pictures";
import { takeShots } from "./shots";

const colorThemes: Record<Theme, string> = { light: "Default Light Modern", dark: "Default Dark Modern" };

/** Takes all pictures of the README again, light and dark, and draws the icon. `media` is the folder. */
export async function takeScreenshots(media: string): Promise<void> {
  await drawIcon(media);
  for (const theme of ["light", "dark"] as const) await inNewWindow(theme, join(media, "readme"));
}

/** Takes the pictures of one theme, in a window of its own. */
async function inNewWindow(theme: Theme, folder: string): Promise<void> {
  const endings: (() => unknown)[] = [];
  const run = { name: `screenshots ${theme}`, after: (end: () => unknown) => endings.unshift(end) };
  try {
    const fakeOpenRouter = await startFakeOpenRouter();
    run.after(() => fakeOpenRouter.close());
    const issue = fakeOpenRouter.addKey;
    // Always the same key, since its first and last characters are visible.
    fakeOpenRouter.addKey = (terms) => issue({ ...terms, key: `sk-or-v1-4f1${"0".repeat(57)}a92e` });
    const window = await openWindow(run, {
      settings: {
        "connectOpenRouter.baseUrl": fakeOpenRouter.url,
        "connectOpenRouter.creditLimit": 10,
        "workbench.colorTheme": colorThemes[theme],
        "workbench.editor.useModal": "off",
        "workbench.reduceMotion": "on", // no screenshot shows an animation
        "workbench.tips.enabled": false,
      },
      trustedDomains: [new URL(fakeOpenRouter.url).host],
      extensions: [packages.consumer],
      port: await freePort(8080), // OpenRouter's page shows it: code-server's default, if it is free
      screen: { viewport: { width: 760, height: 620 }, deviceScaleFactor: 2, colorScheme: theme },
    });
    await drawPictures(window.page.context(), await takeShots(window, fakeOpenRouter), theme, folder);
  } finally {
    for (const end of endings) await end();
  }
}
