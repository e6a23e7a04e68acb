import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import type { WorkbenchServer } from "../tools/workbenchServer.mjs";
import { expect, test } from "./fixtures";
import { anyTool, terminalQuestion } from "./terminal";
import { choose, openWalkthrough, step } from "./walkthrough";

/** The steps, by the ids of their pictures. */
const pictures = {
  limit: "Set a limit",
  connect: "Connect OpenRouter",
  credits: "See what's left",
  use: "Put the key to use",
};

const check = (item: Locator) => item.locator(".codicon-getting-started-step-checked");

const useTheme = (name: string) =>
  test.use({ settings: { "workbench.colorTheme": `Default ${name}`, "workbench.editor.useModal": "off" } });

test.describe(() => {
  useTheme("Dark Modern");

  test("walkthrough: each step has a button, and is checked off once it's done", async ({
    server,
    window,
  }) => {
    await openWalkthrough(window, "Get Started with OpenRouter");
    const steps = Object.values(pictures);
    await expect(window.page.locator(".getting-started-step .step-title")).toHaveText(steps);
    const [limit, connect, credits, use] = steps.map((title) => step(window, title)) as [
      Locator,
      Locator,
      Locator,
      Locator,
    ];
    for (const item of [limit, connect, credits, use]) await expect(check(item)).toBeHidden();
    await window.screenshot("set a limit");

    await limit.getByRole("button", { name: "Set a Limit" }).click();
    const setting = window.page.locator(".settings-editor .setting-item-contents");
    await expect(setting.getByText("The most a new API key may spend")).toBeVisible();
    await expect(window.page.locator(".settings-count-widget").getByText("1 Setting Found")).toBeVisible();
    await enterLimit(setting, 5, server);
    // VS Code is slow to draw progress made while the walkthrough is hidden, so this checks its storage instead.
    await window.stored('gettingStarted#limit":{"done":true}');
    await window.reload();
    await openWalkthrough(window, "Get Started with OpenRouter");
    await expect(check(connect)).toBeHidden();

    await choose(window, "connect", pictures.connect);
    const page = await window.pageOpenedBy(() =>
      connect.getByRole("button", { name: "Connect OpenRouter" }).click(),
    );
    expect(new URL(page.url()).searchParams.get("limit")).toBe("5");
    await page.locator("#authorize").click();
    await expect(window.toast("Connected to OpenRouter. Credit limit: $5.00 total.")).toBeVisible();
    await page.close();
    await window.page.bringToFront();
    await expect(check(connect)).toBeVisible();
    await window.clearToasts();

    await expect(check(credits)).toBeHidden();
    await choose(window, "credits", pictures.credits);
    await window.screenshot("see what's left");
    await window.statusBarItem("$5.00 left").click(); // not with the step's button
    await expect(window.quickPickRow("Open Key Page")).toBeVisible();
    await window.page.keyboard.press("Escape");
    await expect(check(credits)).toBeVisible();

    await expect(check(use)).toBeHidden();
    await choose(window, "use", pictures.use);
    await use.getByRole("button", { name: "Set Up a Tool" }).click();
    await window.pick(anyTool);
    const question = window.dialog(terminalQuestion);
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
    await expect(check(use)).toBeVisible();
    await window.screenshot("all done");

    await use.getByRole("button", { name: "Chat with OpenRouter's Models" }).click();
    // The test's settings.
    await expect(window.toast("VS Code's AI features are turned off in the settings.")).toBeVisible();
  });
});

test.describe(() => {
  useTheme("Light Modern");

  test("walkthrough: pictures in a light theme, and in high contrast", async ({ window }) => {
    const pictureOfEachStep = async (theme: string) => {
      for (const [id, title] of Object.entries(pictures)) {
        await choose(window, id, title);
        await window.screenshot(`${title}, ${theme}`);
      }
    };
    await openWalkthrough(window, "Get Started with OpenRouter");
    await pictureOfEachStep("light");
    await window.command("Preferences: Color Theme");
    await window.type("Dark High Contrast");
    await window.pick("Dark High Contrast");
    await expect(window.page.locator(".monaco-workbench.hc-black")).toBeVisible();
    await pictureOfEachStep("high contrast");
  });
});

/** The settings editor redraws a setting at any time, and then loses what was just typed, or stores nothing. */
async function enterLimit(setting: Locator, limit: number, { userData }: WorkbenchServer): Promise<void> {
  const stored = () => readFileSync(join(userData, "User/settings.json"), "utf8");
  await expect(async () => {
    await setting.locator("input").fill(String(limit));
    await expect.poll(stored, { timeout: 2000 }).toContain(`"connectOpenRouter.creditLimit": ${limit}`);
    await expect(setting.locator("input")).toHaveValue(String(limit), { timeout: 1000 });
  }).toPass();
}
