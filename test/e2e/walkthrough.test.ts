import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Locator } from "playwright-core";
import { openConnectable } from "./openRouter";
import { choose, openWalkthrough, step } from "./walkthrough";
import type { CodeWindow } from "./window";

/** The steps, by the ids of their pictures. */
const pictures = {
  limit: "Set a limit",
  connect: "Connect OpenRouter",
  credits: "See what's left",
  use: "Use the key elsewhere",
};

const done = (item: Locator) => item.locator(".codicon-getting-started-step-checked:visible").waitFor();
const isDone = async (item: Locator) =>
  (await item.locator(".codicon-getting-started-step-checked:visible").count()) > 0;

async function openWith(t: TestContext, theme: string): Promise<CodeWindow> {
  const { window } = await openConnectable(t, {
    "workbench.colorTheme": theme,
    "workbench.editor.useModal": "off",
  });
  await openWalkthrough(window, "Get Started with OpenRouter");
  return window;
}

test("walkthrough: each step has a button, and is checked off once it's done", async (t) => {
  const window = await openWith(t, "Default Dark Modern");
  const steps = Object.values(pictures);
  assert.deepEqual(await window.page.locator(".getting-started-step .step-title").allTextContents(), steps);
  const [limit, connect, credits, use] = steps.map((title) => step(window, title)) as [
    Locator,
    Locator,
    Locator,
    Locator,
  ];
  for (const item of [limit, connect, credits, use]) assert.equal(await isDone(item), false);
  await window.screenshot("set a limit");

  await limit.getByRole("button", { name: "Set a Limit" }).click();
  const setting = window.page.locator(".settings-editor .setting-item-contents");
  await setting.getByText("The most a new API key may spend").waitFor();
  await window.page.locator(".settings-count-widget").getByText("1 Setting Found").waitFor();
  await enter(setting, "5");
  // VS Code is slow to draw progress made while the walkthrough is hidden, so this checks its storage instead.
  await window.stored('gettingStarted#limit":{"done":true}');
  await window.reload();
  await openWalkthrough(window, "Get Started with OpenRouter");
  assert.equal(await isDone(connect), false);

  await choose(window, "connect", pictures.connect);
  const page = await window.pageOpenedBy(() =>
    connect.getByRole("button", { name: "Connect OpenRouter" }).click(),
  );
  assert.equal(new URL(page.url()).searchParams.get("limit"), "5");
  await page.locator("#approve").click();
  await window.toast("Connected to OpenRouter. Credit limit: $5.00 total.").waitFor();
  await page.close();
  await window.page.bringToFront();
  await done(connect);
  await window.clearToasts();

  assert.equal(await isDone(credits), false);
  await choose(window, "credits", pictures.credits);
  await window.screenshot("see what's left");
  await window.statusBarItem("$5.00 left").click(); // not with the step's button
  await window.quickPickRow("Open Key Page").waitFor();
  await window.page.keyboard.press("Escape");
  await done(credits);

  assert.equal(await isDone(use), false);
  await choose(window, "use", pictures.use);
  await use.getByRole("button", { name: "Open Terminal with API Key" }).click();
  // No terminal opens here, since this VS Code runs at log level Trace.
  await window.toast("VS Code would log your key").waitFor();
  await done(use);
  await window.screenshot("all done");
});

for (const theme of ["Default Light Modern", "Default High Contrast"]) {
  test(`walkthrough: pictures in ${theme}`, async (t) => {
    const window = await openWith(t, theme);
    for (const [id, title] of Object.entries(pictures)) {
      await choose(window, id, title);
      await window.screenshot(title);
    }
  });
}

/** The settings editor redraws a setting at any time, and then loses what was just typed. */
async function enter(setting: Locator, value: string): Promise<void> {
  const configured = setting.and(setting.page().locator(".is-configured"));
  for (let attempt = 1; ; attempt++) {
    await setting.locator("input").fill(value);
    try {
      return await configured.waitFor({ timeout: 3000 });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
