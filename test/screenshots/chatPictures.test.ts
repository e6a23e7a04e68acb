import { join } from "node:path";
import { Programs } from "../e2e/programs";
import { packages } from "../tools/package.mjs";
import { chatSettings, takeChatShots } from "./chatShots";
import { looks, media, test } from "./fixtures";
import { chatPictures, drawPictures } from "./pictures";
import { budgets, takeSpendingShots } from "./spendingShots";
import { takeToolShots } from "./toolShots";
import { drawWalkthrough } from "./walkthroughPictures";

test.use({
  builtIns: "chat",
  extensions: [packages.extension, packages.consumer, packages.fakeCline],
  programs: new Programs(["claude", "codex", "opencode"]).folder,
  port: 8080, // OpenRouter's page shows it: code-server's default
});

for (const theme of ["light", "dark"] as const) {
  test.describe(() => {
    const { settings, ...look } = looks(theme, { width: 1000, height: 640 });
    test.use({
      ...look,
      settings: {
        ...settings,
        ...chatSettings,
        "connectOpenRouter.creditLimit": undefined, // nobody has decided
        "connectOpenRouter.extensionBudgets": budgets,
      },
    });

    test(`the pictures of the first hour and of the walkthrough, ${theme}`, async ({
      context,
      fakeOpenRouter,
      server,
      window,
    }) => {
      const spending = await takeSpendingShots(window, server.userData);
      const chat = await takeChatShots(window, fakeOpenRouter, () => takeToolShots(window));
      const shots = { ...spending, ...chat };
      await drawPictures(context, chatPictures(shots), theme, join(media, "readme"));
      await drawWalkthrough(context, shots, theme, join(media, "walkthrough"));
    });
  });
}
