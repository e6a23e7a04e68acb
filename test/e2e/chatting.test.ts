import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { Chat } from "./chat";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";

const workspace = temporaryFolder("chat-workspace");
test.use({
  builtIns: "fewAndChat",
  folder: workspace.path,
  settings: { "security.workspace.trust.enabled": false },
});
test.afterAll(() => workspace.remove());

/** One green pixel. */
const picture =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const reasoning = {
  type: "reasoning.text",
  text: "I had better look twice.",
  signature: "a signature",
  format: "anthropic-claude-v1",
  index: 0,
};

test("chatting: two turns, thinking, an edited file, an image, a stop, and two errors", async ({
  fakeOpenRouter,
  window,
}) => {
  const file = join(workspace.path, "greeting.txt");
  writeFileSync(file, "Hello, world!\n");
  await connectAndAuthorize(window);
  const chat = new Chat(window);

  await test.step("a model is chosen, and answers", async () => {
    await chat.selected("Auto Router");
    const row = await chat.findModel("Claude Sonnet 4.5");
    await row.hover();
    const hover = window.page.locator(".action-list-submenu-panel");
    await expect(hover).toContainText("Reasoning effort");
    await window.screenshot("model picker");
    await row.click();
    await chat.selected("Claude Sonnet 4.5");
    await expect(await chat.ask("Is anybody there?")).toContainText("Is anybody there?");
    await expect(chat.contextUsage).toHaveAccessibleName(/[1-9]%$/);
    await window.screenshot("answer");
  });

  await test.step("in the second turn, it thinks, and edits a file", async () => {
    fakeOpenRouter.answer(
      {
        parts: [
          { reasoningDetails: [reasoning] },
          {
            toolCalls: [
              {
                name: "replace_string_in_file",
                arguments: { filePath: file, oldString: "Hello, world!", newString: "Good morning, world!" },
              },
            ],
          },
        ],
        cost: 0.03,
      },
      { parts: ["It's **morning** now."], cost: 0.0012 },
    );
    // Without its reasoning, as it was, the fake OpenRouter refuses to go on.
    const answer = await chat.ask("Greet the world as one does in the morning");
    await expect(answer).toContainText("It's morning now.");
    expect(readFileSync(file, "utf8")).toBe("Good morning, world!\n");
    const { messages = [] } = fakeOpenRouter.chats.at(-1)?.body ?? {};
    expect(JSON.stringify(messages)).toContain("Is anybody there?");
    await answer.locator(".completed-response-summary").click();
    const thinking = answer.locator(".chat-thinking-box").first();
    await thinking.getByRole("button").first().click();
    await expect(thinking).toContainText("I had better look twice.");
    // Both requests of the turn.
    await expect(window.statusBarItem("$0.0312 · ")).toBeVisible();
    await window.screenshot("edited file");
  });

  await test.step("an image is sent", async () => {
    fakeOpenRouter.answer();
    await chat.pasteImage(picture);
    await expect(await chat.ask("What is in it?")).toContainText("What is in it?");
    expect(JSON.stringify(fakeOpenRouter.chats.at(-1)?.body.messages.at(-1))).toContain(
      `"data:image/png;base64,${picture}"`,
    );
    await window.screenshot("image");
  });

  await test.step("stopping ends the request", async () => {
    fakeOpenRouter.answer({ parts: ["It begins.\n\nAnd goes on.\n\n", { hold: new Promise(() => {}) }] });
    await expect(await chat.ask("Tell me everything")).toContainText("It begins.");
    await expect(window.statusBarItem(/≈\$0\.\d+ · /)).toBeVisible();
    await chat.stop();
    await expect(() => fakeOpenRouter.chats.at(-1)?.aborted).toPass();
    await window.screenshot("stopped");
  });

  await test.step("an error has the link that helps", async () => {
    fakeOpenRouter.answer();
    fakeOpenRouter.credits = 0;
    const answer = await chat.ask("Go on");
    await expect(answer).toContainText("Your OpenRouter account is out of credits.");
    await expect(answer.getByRole("link", { name: "Add Credits" })).toHaveAttribute(
      "href",
      `${fakeOpenRouter.url}/credits`,
    );
    await expect(answer).not.toContainText(/ at |extensions\//); // no stack
    await window.screenshot("out of credits");
  });

  await test.step("a refused key is replaced from its error", async () => {
    fakeOpenRouter.credits = 100;
    const [first] = fakeOpenRouter.keys;
    if (first) first.disabled = true;
    const answer = await chat.ask("Go on, please");
    await expect(answer).toContainText("OpenRouter rejected your key VS Code (sk-or-v1-");
    await window.screenshot("refused key");
    const page = await window.pageOpenedBy(() => answer.getByText("Reconnect", { exact: true }).click());
    await page.locator("#authorize").click();
    await window.dialog("Replace its key?").getByRole("button", { name: "Replace" }).click();
    await expect(window.statusBarItem("Connected to OpenRouter")).toBeVisible(); // not over the chat
    await page.close();
    await window.page.bringToFront();
    await expect(await chat.ask("And now?")).toContainText("And now?");
    await window.screenshot("replaced key");
  });
});
