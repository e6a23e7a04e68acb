import { join } from "node:path";
import { test as base } from "../e2e/fixtures";
import { root } from "../tools/paths.mjs";
import { drawIcon } from "./icon";
import { drawPictures } from "./pictures";
import { takeShots } from "./shots";

const media = join(root, "media");
const colorThemes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;

const test = base.extend({
  fakeOpenRouter: async ({ fakeOpenRouter }, use) => {
    const issue = fakeOpenRouter.addKey;
    // Always the same key, since its first and last characters are visible.
    fakeOpenRouter.addKey = (terms) => issue({ ...terms, key: `sk-or-v1-4f1${"0".repeat(57)}a92e` });
    await use(fakeOpenRouter);
  },
});

// OpenRouter's page shows the port: code-server's default.
test.use({ builtIns: "all", port: 8080 });

test("the icon", async ({ page }) => {
  await drawIcon(page, media);
});

for (const theme of ["light", "dark"] as const) {
  test.describe(() => {
    test.use({
      viewport: { width: 760, height: 620 },
      deviceScaleFactor: 2,
      colorScheme: theme,
      settings: {
        "connectOpenRouter.creditLimit": 10,
        "workbench.colorTheme": colorThemes[theme],
        "workbench.editor.useModal": "off",
        "workbench.tips.enabled": false,
      },
    });

    test(`the pictures, ${theme}`, async ({ context, fakeOpenRouter, window }) => {
      const shots = await takeShots(window, fakeOpenRouter);
      await drawPictures(context, shots, theme, join(media, "readme"));
    });
  });
}
