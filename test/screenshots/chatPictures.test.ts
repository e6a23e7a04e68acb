import { join } from "node:path";
import { chatSettings, takeChatShots } from "./chatShots";
import { looks, media, test } from "./fixtures";
import { chatPictures, drawPictures } from "./pictures";
import { budgets, takeSpendingShot } from "./spendingShots";

test.use({ builtIns: "chat" });

for (const theme of ["light", "dark"] as const) {
  test.describe(() => {
    const { settings, ...look } = looks(theme, { width: 1000, height: 640 });
    test.use({
      ...look,
      settings: { ...settings, ...chatSettings, "connectOpenRouter.extensionBudgets": budgets },
    });

    test(`the pictures of the chat and of spending, ${theme}`, async ({
      context,
      fakeOpenRouter,
      server,
      window,
    }) => {
      const spending = await takeSpendingShot(window, server.userData);
      const shots = await takeChatShots(window, fakeOpenRouter);
      await drawPictures(context, chatPictures({ ...shots, spending }), theme, join(media, "readme"));
    });
  });
}
