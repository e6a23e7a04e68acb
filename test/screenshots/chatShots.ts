import { Chat } from "../e2e/chat";
import type { CodeWindow } from "../e2e/window";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { photograph, shoot, tidyStatusBar } from "./shoot";

const asked = "How do I undo the last commit, but keep its changes?";
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

/**
 * Goes from the question about the limit to a model's answer as a user does, and lets another extension ask for models.
 * Takes a screenshot of each step.
 * @param connected what to take once there is a key
 */
export async function takeChatShots<T>(
  window: CodeWindow,
  fakeOpenRouter: FakeOpenRouter,
  connected: () => Promise<T>,
) {
  const { page } = window;
  await tidyStatusBar(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 800, height: 480 });
  await window.command("Connect OpenRouter");
  await window.quickPickRow("No limit").waitFor();
  const limit = await shoot(page, [window.quickInput], 0);
  await window.pick("$10");
  await window.quickPickRow("No reset").waitFor();
  const consentPage = await window.pageOpenedBy(() => page.keyboard.press("Enter"));
  const authorize = await shoot(consentPage, [consentPage.locator("main")]);
  await consentPage.getByRole("button", { name: "Authorize" }).click();
  await window.toast("Connected to OpenRouter").waitFor();
  await consentPage.close();
  await page.bringToFront();
  if (size) await page.setViewportSize(size);
  await window.clearToasts();

  await window.command("Consumer: Ask A Model");
  const dialog = window.dialog("to use your OpenRouter models?");
  await dialog.waitFor();
  const question = await shoot(page, [dialog], 16);
  await window.answer(dialog, "Don't Allow");
  const others = await connected();

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

  const response = await new Chat(window).ask(asked);
  await response.getByText("git revert HEAD").waitFor({ timeout: 60_000 });
  const chat = await photograph(page, [session], 0);
  await page.setViewportSize({ width: 420, height: 640 });
  const left = window.statusBarItem(/\$[\d.]+ left/);
  await left.waitFor();
  const withWhatIsLeft = await photograph(page, [session, left], 0);
  return { limit, authorize, question, chat, picker, answer: withWhatIsLeft, ...others };
}
