import { join } from "node:path";
import { chatSettings, takeChatShots } from "./chatShots";
import { looks, media, test } from "./fixtures";
import { chatPictures, drawPictures } from "./pictures";

test.use({ builtIns: "chat" });

for (const theme of ["light", "dark"] as const) {
  test.describe(() => {
    const { settings, ...look } = looks(theme, { width: 1000, height: 640 });
    test.use({ ...look, settings: { ...settings, ...chatSettings } });

    test(`the pictures of the chat, ${theme}`, async ({ context, fakeOpenRouter, window }) => {
      const shots = await takeChatShots(window, fakeOpenRouter);
      await drawPictures(context, chatPictures(shots), theme, join(media, "readme"));
    });
  });
}
