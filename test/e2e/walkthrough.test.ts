import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import type { WorkbenchServer } from "../tools/workbenchServer.mjs";
import { expect, test } from "./fixtures";
import { anyTool, terminalQuestion } from "./terminal";
import { check, choose, openWalkthrough, step } from "./walkthrough";

/** The steps, each ticked once it was really done. */
const titles = {
  connect: "Connect OpenRouter",
  chat: "Use it in VS Code's chat",
  tool: "Use it in other tools",
  extension: "Use it in other extensions",
  terminal: "Use it in a terminal",
  credits: "See what's left",
};

const useTheme = (name: string) =>
  test.use({ settings: { "workbench.colorTheme": `Default ${name}`, "workbench.editor.useModal": "off" } });

test.describe(() => {
  test.use({
    settings: {
      ...{ "workbench.colorTheme": "Default Dark Modern", "workbench.editor.useModal": "off" },
      "connectOpenRouter.creditLimit": undefined, // nobody has decided
    },
  });

  test("walkthrough: asks for the limit, connects, and shows what comes next; its links work, and its steps are ticked once they're done", async ({
    server,
    window,
  }) => {
    const { page } = window;
    const { keyboard } = page;
    await openWalkthrough(window, "Get Started with OpenRouter");
    await expect(page.locator(".getting-started-step .step-title")).toHaveText(Object.values(titles));
    const steps = Object.fromEntries(
      Object.entries(titles).map(([id, title]) => [id, step(window, title)]),
    ) as Record<keyof typeof titles, Locator>;
    for (const item of Object.values(steps)) await expect(check(item)).toBeHidden();

    await test.step("the question about the limit: Escape cancels, and Back goes back", async () => {
      const connect = steps.connect.getByRole("button", { name: "Connect Only" });
      await connect.click();
      const rows = window.quickInput.locator(".monaco-list-row .label-name").filter({ visible: true });
      await expect(rows).toHaveText(["$5", "$10", "$25", "Another Amount…", "No limit"]);
      await window.screenshot("how much may the key spend");
      await keyboard.press("Escape");
      await expect(window.quickInput).toBeHidden();
      await expect(window.toasts).toHaveCount(0);

      await connect.click();
      await window.pick("Another Amount…");
      await expect(window.quickInput).toContainText("The most the key may spend, in USD");
      await window.enter("7.50");
      await expect(window.quickPickRow("No reset")).toBeVisible();
      await window.screenshot("how often the limit resets");
      await window.quickInput.getByRole("button", { name: "Back" }).click();
      await window.pick("$10");
    });

    await test.step("OpenRouter's page: a limit that is lowered there was the user's choice", async () => {
      await expect(window.quickPickRow("No reset")).toBeVisible();
      const authorize = await window.pageOpenedBy(() => keyboard.press("Enter"));
      const asked = new URL(authorize.url()).searchParams;
      expect([asked.get("limit"), asked.get("usage_limit_type")]).toEqual(["10", null]);
      await expect(authorize.getByLabel("Credit limit (optional)")).toHaveValue("10");
      await authorize.getByLabel("Credit limit (optional)").fill("5");
      await authorize.getByRole("button", { name: "Authorize" }).click();
      const connected = window.toast(
        "Connected to OpenRouter. Credit limit: $5.00, as you set it on OpenRouter's page.",
      );
      await expect(connected).toBeVisible();
      await authorize.close();
      await page.bringToFront();
      expect(userSettings(server)).toMatchObject({ "connectOpenRouter.creditLimit": 10 });
      await expect(check(steps.connect)).toBeVisible();
      await window.screenshot("connected");
      await connected.getByRole("button", { name: "What Next?" }).click();
      await expect(page.locator(".getting-started-step.expanded .step-title")).toHaveText(titles.chat);
      await expect(window.toasts).toHaveCount(0);
      await window.screenshot("what next");
    });

    await test.step("the links", async () => {
      const use = async (id: keyof typeof titles, name: string) => {
        await choose(window, titles[id]);
        await steps[id].getByRole("button", { name }).or(steps[id].getByRole("link", { name })).click();
      };
      const shows = async (shown: Locator) => {
        await expect(shown).toBeVisible();
        await keyboard.press("Escape");
        await expect(shown).toBeHidden();
      };
      await use("connect", "Add it");
      await shows(window.quickInput.getByPlaceholder("sk-or-v1-…"));
      await use("chat", "Chat with OpenRouter's Models");
      await expect(
        window.toast("VS Code's AI features are turned off, and its chat with them."),
      ).toBeVisible(); // the test's settings
      await window.clearToasts();
      await use("chat", "choose the models");
      await shows(window.quickPickRow("Auto Router"));
      await use("tool", "Set Up a Tool");
      await shows(window.quickPickRow("Claude Code"));
      await use("extension", "Manage Model Access");
      await expect(window.toast("No extension has asked to use your OpenRouter models yet.")).toBeVisible();
      await window.clearToasts();
      await use("terminal", "copy the key");
      await shows(window.dialog("Copy API key VS Code"));
      await use("terminal", "Open Terminal with API Key");
      await window.pick(anyTool);
      await shows(window.dialog(terminalQuestion));
      await expect(check(steps.terminal)).toBeHidden();
      await use("terminal", "Open Terminal with API Key");
      await window.pick(anyTool);
      await window.answer(window.dialog(terminalQuestion), "Open Terminal");
      await expect(check(steps.terminal)).toBeVisible();
      await expect(check(steps.credits)).toBeHidden();
      await use("credits", "Show Credits");
      await shows(window.quickPickRow("Open Key Page"));
      await expect(check(steps.credits)).toBeVisible();
      for (const id of ["chat", "tool", "extension"] as const) await expect(check(steps[id])).toBeHidden();
      await window.screenshot("ticked");

      for (const [name, setting] of [
        ["little is left", "Warn when less than this percentage"],
        ["limit of the next key", "The most a new API key may spend"],
      ] as const) {
        await use("credits", name);
        await expect(page.locator(".settings-editor").getByText(setting)).toBeVisible();
        await expect(page.locator(".settings-count-widget").getByText("1 Setting Found")).toBeVisible();
        await openWalkthrough(window, "Get Started with OpenRouter"); // the settings may have taken its place
      }
      await use("credits", "Show Spending");
      await expect(page.getByRole("tab", { name: "OpenRouter Spending" })).toBeVisible();
      await openWalkthrough(window, "Get Started with OpenRouter");
      // Last, since they go on in the browser.
      for (const [name, shown] of [
        ["Connect with a code", window.quickInput.getByPlaceholder("The code, or the full URL")],
        ["Connect Only", window.toast("authorize in your browser")],
      ] as const) {
        await choose(window, titles.connect);
        const link = steps.connect
          .getByRole("button", { name })
          .or(steps.connect.getByRole("link", { name }));
        const opened = await window.pageOpenedBy(() => link.click()); // without a question: the limit is decided
        await expect(opened.getByLabel("Credit limit (optional)")).toHaveValue("10");
        await opened.close();
        await page.bringToFront();
        await expect(shown).toBeVisible();
        await keyboard.press("Escape");
      }
    });
  });
});

const userSettings = ({ userData }: WorkbenchServer): unknown =>
  JSON.parse(readFileSync(join(userData, "User/settings.json"), "utf8"));

test.describe(() => {
  useTheme("Light Modern");

  test("walkthrough: pictures in a light theme, and in high contrast", async ({ window }) => {
    const pictureOfEachStep = async (theme: string) => {
      for (const title of Object.values(titles)) {
        await choose(window, title);
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
