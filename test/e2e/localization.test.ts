import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { packages } from "../tools/package.mjs";
import { pseudoLanguage, pseudoLocalized } from "../tools/pseudoPackage.mjs";
import { expect, test } from "./fixtures";
import { writeLedger } from "./ledger";
import { choose, openWalkthrough } from "./walkthrough";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const settingsCount = Object.keys(contributes.configuration.properties).length;

/** Stays in Latin letters in every language: names, keys and IDs, amounts, and VS Code's own texts. */
const untranslated =
  /OpenRouter|VS Code|\(Press 'Enter' to confirm or 'Escape' to cancel\)|USD|UTC|https?:\/\/\S*|sk-or-\S*|user_\w+|[A-Z]+_[A-Z_]+|connectOpenRouter[.:]\w*|Connect Open Router: (Credit Limit|Show Credits)/g;
/** Times as Intl formats them in a language that it doesn't know: in that of the machine. */
const times = /[A-Z]\w\w \d+(, \d{4}(, \d+:\d+\s[AP]M)?)?|now|this minute|in \d+ \w+|\d+ \w+ ago/g;

/** Expects that all texts found are pseudo-localized. An English one would be hard-coded. */
async function expectTranslated(found: Locator, name: string): Promise<void> {
  const visible = found.filter({ visible: true }); // hidden rows of an earlier list stay behind
  await expect(visible.first()).toBeVisible();
  const texts = await visible.allInnerTexts();
  for (const text of texts) {
    const english = text
      .replaceAll(untranslated, "")
      .replaceAll(times, "")
      .match(/[A-Za-z]{2,}/g);
    expect(english, `${name} is in English: ${text}`).toBeNull();
  }
}

/** Expects that no text is cut off. */
async function expectNotCutOff(found: Locator, name: string): Promise<void> {
  const visible = found.filter({ visible: true });
  await expect(visible.first()).toBeVisible();
  // In one call, since a notification can disappear meanwhile.
  const cut = await visible.evaluateAll((elements) =>
    elements
      .filter(
        ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 4),
      )
      .map(({ textContent }) => textContent),
  );
  expect(cut, `${name} is cut off`).toEqual([]);
}

const manifest: Record<string, string> = JSON.parse(readFileSync("package.nls.json", "utf8"));
/** A text of the manifest, by its key. */
const title = (key: string) => {
  const text = manifest[key];
  if (!text) throw new Error(`The manifest has no ${key}`);
  return pseudoLocalized(text);
};
const t10n = pseudoLocalized;

test.use({
  extensions: [packages.pseudoLocalized],
  language: pseudoLanguage,
  settings: {
    "connectOpenRouter.creditLimit": undefined, // which is asked for
    "connectOpenRouter.creditLimitReset": "monthly",
    "connectOpenRouter.keyExpiresAfterDays": 30,
    "workbench.editor.useModal": "off",
  },
});

test("a language with longer texts: all of ours are translated, and none is cut off", async ({
  fakeOpenRouter,
  server,
  window,
}) => {
  const { page } = window;
  writeLedger(server.userData);
  const toast = window.toasts;
  const message = toast.locator(".notification-list-item-message");
  const buttons = toast
    .locator(".notification-list-item-buttons-container .monaco-button:visible")
    .filter({ hasNotText: /^Cancel$/ });
  const toastIs = async (text: string, name: string) => {
    await expect(window.toast(t10n(text))).toBeVisible();
    await expectTranslated(message, name);
    await expectNotCutOff(message, name);
    await window.screenshot(name);
  };

  await openWalkthrough(window, title("walkthrough.title"));
  for (const id of ["connect", "chat", "tool", "extension", "terminal", "credits"]) {
    await expectTranslated(await choose(window, title(`walkthrough.${id}.title`)), `the step ${id}`);
    await window.screenshot(`step ${id}`);
  }

  await window.command("Preferences: Open Settings (UI)");
  await page.locator(".settings-editor .suggest-input-container").click();
  await page.keyboard.type("@ext:connect-openrouter.connect-openrouter");
  await expect(
    page.locator(".settings-count-widget").getByText(`${settingsCount} Settings Found`),
  ).toBeVisible();
  await expectTranslated(page.locator(".setting-item-description"), "a setting");
  await window.screenshot("settings");

  await window.command(title("command.connect"));
  await expect(window.quickPickRow(t10n("Another Amount…"))).toBeVisible();
  const ofQuestion = window.quickInput.locator(".quick-input-title, .monaco-list-row .label-name");
  await expectTranslated(ofQuestion, "the question about the limit");
  await expectNotCutOff(ofQuestion, "the question about the limit");
  await window.screenshot("the limit");
  await window.pick(t10n("Another Amount…"));
  await expectTranslated(window.quickInput.locator(".quick-input-message"), "the box for the limit");
  await window.enter("12.50");
  await expect(window.quickPickRow(t10n("No reset"))).toBeVisible();
  await expectTranslated(ofQuestion, "the question about the reset");
  await window.screenshot("the reset");
  const connecting = await window.pageOpenedBy(() => page.keyboard.press("Enter")); // as it stands in the settings
  await expect(connecting.locator("#authorize")).toBeVisible();
  await page.bringToFront();
  await toastIs("Connecting to OpenRouter", "waiting");
  await page.getByRole("link", { name: t10n("Having trouble?") }).click();
  await expect(window.quickPickRow(t10n("Connect with a Code"))).toBeVisible();
  await expectTranslated(window.quickInput.locator(".quick-input-title, .label-name"), "the other flows");
  await window.screenshot("other flows");
  await page.keyboard.press("Escape");
  await connecting.locator("#authorize").click();
  await expect(window.toast(t10n("What Next?"))).toBeVisible();
  await connecting.close();
  await page.bringToFront();
  await expectTranslated(message, "connected");
  await expectTranslated(buttons, "connected");
  await expectNotCutOff(message, "connected");
  await window.screenshot("connected");

  const item = window.statusBarItem(pseudoLocalized("{0} left").replace("{0}", "$12.50"));
  await expect(item).toBeVisible();
  await expectNotCutOff(buttons, "connected");
  await buttons.filter({ hasText: t10n("What Next?") }).click();
  await expect(page.locator(".getting-started-step.expanded .step-title")).toHaveText(
    title("walkthrough.chat.title"),
  );
  await item.click();
  await expect(window.quickPickRow(t10n("Open Key Page"))).toBeVisible();
  const rows = window.quickInput.locator(".monaco-list-row .label-name, .monaco-list-row .label-description");
  await expectTranslated(rows, "the credits menu");
  await expectTranslated(window.quickInput.locator(".quick-input-title"), "the credits menu's title");
  await expectNotCutOff(
    window.quickInput.locator(".monaco-list-row .monaco-icon-label-container"),
    "credits menu",
  );
  await window.screenshot("credits menu");
  await window.pick(t10n("Set Up a Tool…"));
  await expect(window.quickPickRow("Claude Code")).toBeVisible();
  const gets = window.quickInput.locator(".quick-input-list-label-meta");
  await expectTranslated(gets, "what a tool gets");
  await expectNotCutOff(gets.locator(".monaco-icon-label-container"), "what a tool gets");
  await window.screenshot("tools");
  await page.keyboard.press("Escape");
  await item.hover();
  await expect(page.getByRole("img", { name: t10n("Bar chart of the last 14 days") })).toBeVisible();
  await expectTranslated(page.locator(".monaco-hover:visible .hover-contents"), "the tooltip");
  await window.screenshot("tooltip");
  await page.mouse.click(300, 300);
  await expect(page.locator(".monaco-hover:visible")).toBeHidden();

  await window.command(`OpenRouter: ${title("command.addApiKey")}`);
  await window.enter("nonsense");
  await expect(
    window.quickInput.locator(".quick-input-message").getByText(t10n("OpenRouter rejected this key")),
  ).toBeVisible();
  await expectTranslated(
    window.quickInput.locator(".quick-input-title, .quick-input-message"),
    "the input box for a key",
  );
  await window.screenshot("rejected key");
  await page.keyboard.press("Escape");

  await window.command(`OpenRouter: ${title("command.disconnect")}`);
  const dialog = window.dialog("sk-or-v1-");
  await expect(dialog).toBeVisible();
  const inDialog = ".dialog-message-text, .dialog-message-detail, .monaco-button:not(.secondary)";
  await expectTranslated(dialog.locator(inDialog), "the question");
  await expectNotCutOff(dialog.locator(inDialog), "the question");
  await window.screenshot("disconnect");
  await dialog.getByRole("button", { name: t10n("Disconnect") }).click();
  await toastIs(
    "Disconnected from OpenRouter. The key stays valid until you revoke it there.",
    "disconnected",
  );
  await expectTranslated(buttons, "disconnected");
  await expect(window.statusBarItem(t10n("Connect OpenRouter"))).toBeVisible();

  fakeOpenRouter.misbehave({ exchange: { answer: { status: 500 }, times: 1 } });
  const failing = await window.pageOpenedBy(() => window.statusBarItem(t10n("Connect OpenRouter")).click());
  await failing.locator("#authorize").click();
  await expect(window.toast("500")).toBeVisible();
  await failing.close();
  await page.bringToFront();
  await expectTranslated(message, "failed");
  await expectTranslated(buttons, "failed");
  await expectNotCutOff(message, "failed");
  await window.screenshot("failed");
});
