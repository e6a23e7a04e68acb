import { join } from "node:path";
import { looks, media, test } from "./fixtures";
import { drawIcon } from "./icon";
import { drawPictures, keyPictures } from "./pictures";
import { takeShots } from "./shots";

test("the icon", async ({ page }) => {
  await drawIcon(page, media);
});

for (const theme of ["light", "dark"] as const) {
  test.describe(() => {
    test.use(looks(theme, { width: 760, height: 620 }));

    test(`the pictures of keys, ${theme}`, async ({ context, fakeOpenRouter, server, window }) => {
      const shots = await takeShots(window, fakeOpenRouter, server.userData);
      await drawPictures(context, keyPictures(shots), theme, join(media, "readme"));
    });
  });
}
