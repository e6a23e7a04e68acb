import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { Chat } from "./chat";
import { expect, test } from "./fixtures";
import { step } from "./walkthrough";
import type { CodeWindow } from "./window";

// As a stranger has it: VS Code as it comes, where nothing is installed and nothing is decided.
test.use({
  extensions: [],
  gallery: true,
  trustedDomains: [],
  builtIns: "fewAndChat",
  chatIsSetUp: false,
  settings: {
    "connectOpenRouter.creditLimit": undefined,
    // Once VS Code has shown its Welcome page, it opens the walkthrough of what is installed.
    "workbench.startupEditor": undefined,
  },
});

test("first hour: from the Extensions view to a model's answer, with a limit, in at most six clicks; and nothing left after disconnecting", async ({
  fakeOpenRouter,
  server,
  window,
}) => {
  const { page } = window;
  const chat = new Chat(window);
  /** Throws while VS Code is writing it. */
  const userFile = (name: string): unknown =>
    JSON.parse(readFileSync(join(server.userData, "User", name), "utf8"));
  /** Everything that is clicked, also in VS Code's own questions. Enter takes what is selected already. */
  const clicks: string[] = [];
  const click = async (within: Locator, name: string) => {
    clicks.push(name);
    await within.getByRole("button", { name, exact: true }).click();
  };

  await test.step("install", async () => {
    await expect(page.locator(".gettingStartedContainer")).toContainText("Walkthroughs");
    await page.keyboard.press("Control+Shift+X");
    await expect(page.locator(".extensions-viewlet .suggest-input-container.synthetic-focus")).toBeVisible();
    await page.keyboard.type("openrouter");
    const found = page.locator(".extension-list-item").filter({ hasText: "Connect OpenRouter" });
    await expect(found).toBeVisible();
    await window.screenshot("found in the Extensions view");
    await click(found, "Install");
    const trust = window.dialog("Do you trust the publisher");
    await expect(trust).toBeVisible();
    await window.screenshot("VS Code asks about the publisher");
    await click(trust, "Trust Publisher & Install");
  });

  await test.step("connect, with a limit", async () => {
    const connect = step(window, "Connect OpenRouter");
    await expect(connect).toBeVisible();
    await window.screenshot("the walkthrough opens by itself");
    await click(connect, "Connect and Chat");
    await expect(window.quickPickRow("$5")).toHaveClass(/focused/);
    await window.screenshot("the limit");
    await page.keyboard.press("Enter");
    await expect(window.quickPickRow("No reset")).toHaveClass(/focused/);
    await window.screenshot("how it resets");
    await page.keyboard.press("Enter");
    await expect(websiteQuestion(window)).toBeVisible();
    await window.screenshot("VS Code asks about the website");
    const consent = await window.pageOpenedBy(() => click(websiteQuestion(window), "Open"));
    await expect(consent.getByLabel("Credit limit (optional)")).toHaveValue("5");
    await window.screenshot("OpenRouter's page", consent);
    await click(consent.locator("main"), "Authorize");
    await expect(consent.getByText("You can close this page now.")).toBeVisible();
    clicks.push("Close the tab");
    await consent.close();
  });

  await test.step("a model answers", async () => {
    await chat.selected("Auto Router");
    await expect(chat.input).toBeFocused();
    await expect(window.toasts).toHaveCount(0); // they would cover it
    await window.screenshot("the chat is ready");
    fakeOpenRouter.answer({ parts: ["One API for hundreds of models."] });
    await page.keyboard.type("What is OpenRouter?");
    await page.keyboard.press("Enter");
    await expect(chat.answer).toContainText("One API for hundreds of models.");
    const ticked = step(window, "Use it in VS Code's chat").locator(".codicon-getting-started-step-checked");
    await expect(ticked).toBeVisible();
    await window.screenshot("a model answers");
    expect(clicks.length, clicks.join(", ")).toBeLessThanOrEqual(6);
    expect(fakeOpenRouter.keys.map(({ limit }) => limit)).toEqual([5]);
    expect(fakeOpenRouter.chats[0]?.body.model).toBe("openrouter/auto");
    // Nothing secret.
    expect(userFile("chatLanguageModels.json")).toEqual([
      { name: "Connect OpenRouter", vendor: "connect-openrouter" },
    ]);
    fakeOpenRouter.answer();
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
    await window.clearToasts();
  });

  await test.step("the command connects again, at the second try, and brings them back without a question", async () => {
    const open = websiteQuestion(window).getByRole("button", { name: "Open", exact: true });
    await window.command("OpenRouter: Chat with OpenRouter's Models");
    const denied = await window.pageOpenedBy(() => open.click());
    await denied.locator("#deny").click();
    await window.toast("You denied access").getByRole("button", { name: "Try Again" }).click();
    const consent = await window.pageOpenedBy(() => open.click());
    await denied.close();
    await consent.locator("#authorize").click();
    await expect(() => expect(userFile("chatLanguageModels.json")).toHaveLength(1)).toPass();
    await consent.close();
    await chat.selected("Claude Sonnet 4.5");
    await expect(chat.input).toBeFocused();
    expect(fakeOpenRouter.keys.map(({ limit }) => limit)).toEqual([5, 5]);
    await window.screenshot("connected again");
  });
});

/** VS Code's own. */
const websiteQuestion = (window: CodeWindow) => window.dialog("open the external website?");
