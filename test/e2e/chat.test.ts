import { packages } from "../tools/package.mjs";
import { ask } from "./chat";
import { expect, test } from "./fixtures";

test.use({ builtIns: "chat", extensions: [packages.extension, packages.chatModel] });

test("VS Code's own chat answers with the model of an extension, signed out of GitHub", async ({
  window,
}) => {
  const answer = await ask(window, "Repeater", "Is anybody there?");
  await expect(answer).toContainText("You asked: Is anybody there?", { timeout: 60_000 });
  await window.screenshot("the answer");
});
