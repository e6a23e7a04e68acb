import { readFileSync } from "node:fs";
import { join } from "node:path";
import { manyModels } from "../fakeOpenRouter/fakeModel";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";
import type { CodeWindow } from "./window";

test.use({ builtIns: "fewAndChat" });

/** Throws while VS Code is writing the file. */
const chosen = (userData: string): unknown =>
  JSON.parse(readFileSync(join(userData, "User/settings.json"), "utf8"))["connectOpenRouter.models"];

async function chooseModels(window: CodeWindow): Promise<void> {
  await window.command("OpenRouter: Choose Models…");
  await expect(window.quickPickRow("Auto Router")).toBeVisible();
}

const tick = (window: CodeWindow, label: string) => window.quickPickRow(label).getByRole("checkbox");

/** Ticks a row with the keyboard alone. */
async function searchAndTick(window: CodeWindow, text: string, label: string): Promise<void> {
  await window.type(text);
  await expect(window.quickPickRow(label)).toBeVisible();
  await window.page.keyboard.press("ArrowDown");
  await window.page.keyboard.press("Space");
  await expect(tick(window, label)).toBeChecked();
}

test("models are chosen with the keyboard alone, and the model picker shows them", async ({
  fakeOpenRouter,
  window,
  server,
}) => {
  fakeOpenRouter.models.push(...manyModels(500));
  await connectAndAuthorize(window);
  const { keyboard } = window.page;

  await test.step("closing it changes nothing", async () => {
    await chooseModels(window);
    await expect(tick(window, "Claude Sonnet 4.5")).toBeChecked();
    await window.screenshot("our choice");
    await searchAndTick(window, "mistral", "Mistral 7B Instruct");
    await keyboard.press("Escape");
    await expect(window.quickInput).toBeHidden();
    expect(chosen(server.userData)).toBeUndefined();
  });

  await test.step("a model that is found, and a variant that is typed", async () => {
    await chooseModels(window);
    await searchAndTick(window, "author-9/model-49", "Model 49");
    await window.screenshot("a search");
    await searchAndTick(window, "openai/gpt-5.1:nitro", "Add openai/gpt-5.1:nitro");
    await window.type("");
    await expect(tick(window, "GPT-5.1 (nitro)")).toBeChecked();
    await window.screenshot("what is ticked");
    await keyboard.press("Enter");
    await expect(window.quickInput).toBeHidden();
    await expect(() => expect(chosen(server.userData)).toHaveLength(22)).toPass();
  });

  await test.step("the model picker shows them, and no other", async () => {
    const chat = window.page.locator(".interactive-session");
    const search = window.page.getByPlaceholder("Search models");
    const models = window.page.locator(".action-widget .monaco-list-row");
    // An open picker doesn't notice other models.
    await expect(async () => {
      await keyboard.press("Escape");
      await chat.getByRole("button", { name: "Auto Router" }).click({ timeout: 2000 });
      await search.fill("gpt-5.1", { timeout: 2000 });
      await expect(models.filter({ hasText: "GPT-5.1 (nitro)" })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await window.screenshot("the model picker");
    await search.fill("model 4");
    await expect(models.filter({ hasText: "Model 49" })).toBeVisible();
    await expect(models.filter({ hasText: "Model 48" })).toHaveCount(0);
  });

  await test.step("all are in Manage Models, with their prices", async () => {
    await keyboard.press("Escape");
    await window.command("Chat: Manage Language Models");
    const price = "Pricing: $3 in, $15 out per million tokens, $0.30 for cached input";
    const row = window.page.getByRole("listitem", { name: /^Claude Sonnet 4\.5 from Connect OpenRouter/ });
    await expect(row).toHaveAccessibleName(new RegExp(price.replaceAll(/\W/g, "\\$&")));
    await expect(window.page.getByRole("listitem", { name: /^Model 101 from/ })).toBeVisible();
    await window.screenshot("manage models");
  });
});
