import type { Locator } from "@playwright/test";
import { Chat } from "./chat";
import { expect, test } from "./fixtures";
import { step } from "./walkthrough";

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

test("first hour: from the Extensions view to a model's answer, with a limit, in at most six clicks", async ({
  fakeOpenRouter,
  window,
}) => {
  const { page } = window;
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
    await expect(window.quickInput.getByText("How much may this key spend?")).toBeVisible();
    await expect(window.quickPickRow("$5")).toHaveClass(/focused/);
    await window.screenshot("the limit");
    await page.keyboard.press("Enter");
    await expect(window.quickPickRow("No reset")).toHaveClass(/focused/);
    await window.screenshot("how it resets");
    await page.keyboard.press("Enter");
    const leave = window.dialog("open the external website?");
    await expect(leave).toBeVisible();
    await window.screenshot("VS Code asks about the website");
    const consent = await window.pageOpenedBy(() => click(leave, "Open"));
    await expect(consent.getByLabel("Credit limit (optional)")).toHaveValue("5");
    await window.screenshot("OpenRouter's page", consent);
    await click(consent.locator("main"), "Authorize");
    await expect(consent.getByText("You can close this page now.")).toBeVisible();
    clicks.push("Close the tab");
    await consent.close();
  });

  await test.step("ask", async () => {
    const chat = new Chat(window);
    await chat.selected("Auto Router");
    await expect(chat.input).toBeFocused();
    await window.screenshot("the chat is ready");
    fakeOpenRouter.answer({ parts: ["One API for hundreds of models."] });
    await page.keyboard.type("What is OpenRouter?");
    await page.keyboard.press("Enter");
    await expect(chat.answer).toContainText("One API for hundreds of models.");
    await window.screenshot("a model answers");
  });

  expect(clicks.length, clicks.join(", ")).toBeLessThanOrEqual(6);
  expect(fakeOpenRouter.keys.map(({ limit }) => limit)).toEqual([5]);
  expect(fakeOpenRouter.chats[0]?.body.model).toBe("openrouter/auto");
});
