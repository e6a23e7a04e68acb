import { Chat } from "./chat";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";

test.use({
  builtIns: "fewAndChat",
  settings: { "connectOpenRouter.extensionBudgets": { "github.copilot-chat": 0 } },
});

test("budgets: allowed up to nothing, raised after a dialog, and a chat that says where to change its own", async ({
  fakeOpenRouter,
  window,
}) => {
  const { chats } = fakeOpenRouter;
  const box = window.quickInput.filter({ hasText: "Budget of 'Consumer'" });
  await connectAndAuthorize(window);

  await test.step("an extension is allowed up to an amount, which is named once more", async () => {
    const question = window.dialog(
      "Allow 'Consumer' (connect-openrouter-tests.consumer) to use your OpenRouter models?",
    );
    await window.command("Consumer: Ask A Model");
    await window.answer(question, "Allow up to…");
    await expect(box).toBeVisible();
    await window.screenshot("the box");
    await window.page.keyboard.press("Escape");
    await window.answer(question, "Allow up to…");
    await window.enter("0");
    const confirmation = window.dialog("to spend up to $0.00 a month?");
    await expect(confirmation).toBeVisible();
    await window.screenshot("the confirmation");
    await window.answer(confirmation, "Allow");
    await expect(window.statusBarItem(/Consumer: Blocked: The budget of 'Consumer' /)).toBeVisible();
    expect(chats).toEqual([]);
  });

  await test.step("its budget is raised in the list, which is back then", async () => {
    await window.command("OpenRouter: Manage Model Access");
    const row = window.quickInput.getByRole("checkbox", { name: "Consumer", exact: true });
    await expect(window.quickInput).toContainText("$0.00 of $0.00 this month");
    await row.hover();
    await window.screenshot("the list");
    await window.quickInput.getByRole("button", { name: "Set Budget…" }).click();
    await expect(box).toBeVisible();
    await window.enter("5");
    const confirmation = window.dialog("Raise the budget of 'Consumer'");
    await expect(confirmation).toContainText("from $0.00 a month to $5.00 a month?");
    await window.answer(confirmation, "Set Budget");
    await expect(window.quickInput).toContainText("$0.00 of $5.00 this month");
    await expect(row).toBeChecked();
    await window.screenshot("the list again");
    await window.page.keyboard.press("Escape");
    await window.command("Consumer: Ask A Model");
    await expect(window.statusBarItem("Consumer: ping")).toBeVisible();
  });

  await test.step("the chat's own message has a link to the setting", async () => {
    const chat = new Chat(window);
    const sent = chats.length;
    await window.command("Chat: Open Chat");
    await chat.selected("Auto Router");
    const answer = await chat.ask("Is anybody there?");
    await expect(answer).toContainText("The budget of VS Code's chat is $0.00. Choose a free model");
    await window.screenshot("the chat");
    await answer.getByText("Change Budget", { exact: true }).click();
    await expect(window.page.locator(".settings-editor")).toContainText("Extension Budgets");
    await window.screenshot("the setting");
    expect(chats).toHaveLength(sent);
  });
});
