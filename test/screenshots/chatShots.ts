import { Chat } from "../e2e/chat";
import { connectAndAuthorize } from "../e2e/openRouter";
import type { CodeWindow } from "../e2e/window";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { photograph, shoot } from "./shoot";

export type ChatShots = Awaited<ReturnType<typeof takeChatShots>>;

const question = "How do I undo the last commit, but keep its changes?";
const answer = `Move the branch back by one commit, and leave the files as they are:

\`\`\`sh
git reset --soft HEAD~1
\`\`\`

The changes stay staged. If you've pushed the commit already, run \`git revert HEAD\` instead.`;

const titleModel = "openai/gpt-5-nano";

/** What the chat is set up with. */
export const chatSettings = {
  "connectOpenRouter.models": [
    "anthropic/claude-sonnet-4.5",
    "openai/gpt-5.1",
    "google/gemini-3-pro-preview",
    "deepseek/deepseek-v3.2",
  ],
  "chat.utilitySmallModel": `connect-openrouter/${titleModel}`,
  "chat.utilityModel": `connect-openrouter/${titleModel}`,
};

/** Chats with a model, and lets another extension ask for it, as a user does. Takes a screenshot of each. */
export async function takeChatShots(window: CodeWindow, fakeOpenRouter: FakeOpenRouter) {
  const { page } = window;
  await connectAndAuthorize(window);

  await window.command("Consumer: Ask A Model");
  const dialog = window.dialog("to use your OpenRouter models?");
  await dialog.waitFor();
  const asked = await shoot(page, [dialog], 16);
  await window.answer(dialog, "Don't Allow");

  // The cheap model gives the chat its title.
  fakeOpenRouter.answer(({ model }) => ({ parts: [model === titleModel ? "Undo a commit" : answer] }));
  await window.command("Chat: Open Chat");
  await window.command("View: Maximize Secondary Side Bar");
  await page.setViewportSize({ width: 520, height: 560 });
  const model = "Claude Sonnet 4.5";
  const session = page.locator(".interactive-session");
  const button = session.getByRole("button", { name: model });
  await button.click({ timeout: 60_000 }); // the chat starts slowly
  const menu = page.locator(".action-widget.action-widget-dropdown");
  await menu.getByText("Other Models").click();
  await menu.getByText("GPT-5.1").waitFor();
  await page.mouse.move(24, 340); // where nothing is
  const picker = await photograph(page, [menu], 0);
  await page.keyboard.press("Escape");

  const response = await new Chat(window).ask(question);
  await response.getByText("git revert HEAD").waitFor({ timeout: 60_000 });
  const chat = await photograph(page, [session], 0);
  return { chat, picker, question: asked };
}
