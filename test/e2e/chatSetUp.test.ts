import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { connect, connectAndApprove } from "./openRouter";

test.use({ builtIns: "chat", chatIsSetUp: false });

test("the chat is set up after one question, with a model selected, and forgets the group with the last key", async ({
  window,
  server,
}) => {
  const file = join(server.userData, "User/chatLanguageModels.json");
  const groups = (): unknown[] => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : []);
  const group = { name: "Connect OpenRouter", vendor: "connect-openrouter" };
  const question = window.dialog("Use OpenRouter's models in VS Code's chat?");
  const chat = window.page.locator(".interactive-session");

  const page = await connect(window);
  await page.locator("#approve").click();
  const connected = window.toast(/Connected to OpenRouter/);
  await expect(connected).toBeVisible();
  await window.screenshot("connected");
  await connected.getByRole("button", { name: "Chat with OpenRouter's Models" }).click();
  await expect(question).toBeVisible();
  await window.screenshot("the question");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  expect(groups()).toEqual([]);

  await window.command("OpenRouter: Chat with OpenRouter's Models");
  await question.getByRole("button", { name: "Set Up Chat" }).click();
  await expect(chat.getByRole("button", { name: /Auto/ })).toBeVisible({ timeout: 60_000 });
  expect(groups()).toEqual([group]);
  const offer = window.toast("VS Code has no model yet for chat titles");
  await expect(offer).toBeVisible();
  await window.screenshot("the chat");
  await offer.getByRole("button", { name: "Use It" }).click();
  const settings = join(server.userData, "User/settings.json");
  await expect
    .poll(() => readFileSync(settings, "utf8"))
    .toMatch(/"chat.utilitySmallModel": "connect-openrouter\/\S+"/);

  await window.command("OpenRouter: Chat with OpenRouter's Models");
  await expect(chat).toBeVisible();
  await expect(question).toBeHidden();

  await window.command("OpenRouter: Disconnect");
  await window.dialog().getByRole("button", { name: "Disconnect" }).click();
  await expect.poll(groups).toEqual([]);
  await window.clearToasts();
  await connectAndApprove(window);
  await expect.poll(groups).toEqual([group]);
});
