import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Chat } from "./chat";
import { expect, test } from "./fixtures";
import { connect } from "./openRouter";

test.use({ builtIns: "fewAndChat", chatIsSetUp: false });

test("chat with OpenRouter's models: the offer after connecting, one question, an answer, and nothing left after disconnecting", async ({
  fakeOpenRouter,
  server,
  window,
}) => {
  /** Throws while VS Code is writing it. */
  const userFile = (name: string): unknown =>
    JSON.parse(readFileSync(join(server.userData, "User", name), "utf8"));
  const chat = new Chat(window);

  await test.step("the chat is set up when the user says so", async () => {
    const page = await connect(window);
    await page.locator("#authorize").click();
    const connected = window.toast("Connected to OpenRouter");
    await expect(connected).toBeVisible();
    await page.close();
    await window.page.bringToFront();
    await window.screenshot("connected");
    await window.command("OpenRouter: Chat with OpenRouter's Models");
    const question = window.dialog("Use OpenRouter's models in VS Code's chat?");
    await expect(question).toBeVisible();
    await window.screenshot("the question");
    await question.getByRole("button", { name: "Set Up Chat" }).click();
    await chat.selected("Auto Router");
    // Nothing secret.
    expect(userFile("chatLanguageModels.json")).toEqual([
      { name: "Connect OpenRouter", vendor: "connect-openrouter" },
    ]);
  });

  await test.step("a model answers, and the walkthrough's step is ticked", async () => {
    const offer = window.toast("VS Code has no model yet for chat titles and commit messages.");
    await expect(offer).toHaveCount(0); // nothing covers the chat's input
    await expect(await chat.ask("Is anybody there?")).toContainText("Is anybody there?");
    await window.screenshot("the answer");
    await window.stored('gettingStarted#chat":{"done":true}');
  });

  await test.step("a cheap model for titles", async () => {
    const offer = window.toast("VS Code has no model yet for chat titles and commit messages.");
    await expect(offer).toBeVisible();
    await window.screenshot("the offer of a cheap model");
    await offer.getByRole("button", { name: "Use It" }).click();
    await expect(() =>
      expect(userFile("settings.json")).toHaveProperty(
        ["chat.utilitySmallModel"],
        "connect-openrouter/nousresearch/hermes-4-70b",
      ),
    ).toPass();
  });

  await test.step("the chat keeps what the user chose there, also in a new window", async () => {
    await (await chat.findModel("Claude Sonnet 4.5")).click();
    await chat.selected("Claude Sonnet 4.5");
    await window.command("OpenRouter: Chat with OpenRouter's Models");
    await chat.selected("Claude Sonnet 4.5");
    await window.stored("anthropic/claude-sonnet-4.5");
    const other = await window.openSecondWindow();
    await other.command("OpenRouter: Chat with OpenRouter's Models");
    const otherChat = new Chat(other);
    await otherChat.selected("Claude Sonnet 4.5");
    await expect(await otherChat.ask("And now?")).toContainText("And now?");
    await expect
      .poll(() => fakeOpenRouter.chats.map(({ body }) => body.model))
      .toEqual(expect.arrayContaining(["anthropic/claude-sonnet-4.5", "nousresearch/hermes-4-70b"]));
    await other.screenshot("the same model");
    await other.page.close();
  });

  await test.step("disconnecting removes the models", async () => {
    await window.command("OpenRouter: Disconnect");
    await window.dialog("Disconnect VS Code").getByRole("button", { name: "Disconnect" }).click();
    await expect(window.toast("Disconnected from OpenRouter")).toBeVisible();
    await expect(() => expect(userFile("chatLanguageModels.json")).toEqual([])).toPass();
    await expect(() =>
      expect(userFile("settings.json")).not.toHaveProperty(["chat.utilitySmallModel"]),
    ).toPass();
    await window.screenshot("disconnected");
  });
});
