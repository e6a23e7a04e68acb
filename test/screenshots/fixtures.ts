import { join } from "node:path";
import { test as base } from "../e2e/fixtures";
import { root } from "../tools/paths.mjs";
import type { Theme } from "./pictures";

export const media = join(root, "media");

export const test = base.extend({
  fakeOpenRouter: async ({ fakeOpenRouter }, use) => {
    const issue = fakeOpenRouter.addKey;
    // Always the same key, since its first and last characters are visible.
    fakeOpenRouter.addKey = (terms) => issue({ ...terms, key: `sk-or-v1-4f1${"0".repeat(57)}a92e` });
    await use(fakeOpenRouter);
  },
});

const colorThemes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;

/** How a window looks in which pictures are taken. */
export const looks = (theme: Theme, viewport: { width: number; height: number }) => ({
  viewport,
  deviceScaleFactor: 2,
  colorScheme: theme,
  settings: {
    "connectOpenRouter.creditLimit": 10,
    "workbench.colorTheme": colorThemes[theme],
    "workbench.editor.useModal": "off",
    "workbench.tips.enabled": false,
  },
});
