import type { Page } from "@playwright/test";
import { packages } from "../tools/package.mjs";
import { fingerprint } from "./fingerprint";
import { expect, test } from "./fixtures";
import { expectNoSecrets } from "./noSecrets";
import type { CodeWindow } from "./window";

const settings = { "connectOpenRouter.creditLimit": 12.5, "connectOpenRouter.creditLimitReset": "weekly" };
test.use({ extensions: [packages.extension, packages.fakeCline], settings });

const limitPrompt = "The most the key may spend, in USD";
const resetRow = "Weekly";

async function chooseCline(window: CodeWindow): Promise<void> {
  await window.command("OpenRouter: Set Up a Tool…");
  await window.pick("Cline");
  await expect(window.quickInput.getByText(limitPrompt)).toBeVisible();
}

const question = (window: CodeWindow) => window.dialog("Create a separate API key for Cline?");
const whatComesNext = (window: CodeWindow) =>
  window.toast("Authorize on OpenRouter's page. Cline then shows");

/** Answers all questions, and returns OpenRouter's page. */
async function openPage(window: CodeWindow): Promise<Page> {
  await chooseCline(window);
  await window.enter("5");
  await expect(window.quickPickRow(resetRow)).toBeVisible();
  await window.page.keyboard.press("Enter");
  const page = await window.pageOpenedBy(() => window.answer(question(window), "Open OpenRouter's Page"));
  await expect(page.locator("#authorize")).toBeVisible();
  return page;
}

test("Cline gets a key of its own with the limit that was entered, and nothing of it comes to us", async ({
  fakeOpenRouter,
  window,
}) => {
  await expect(window.statusBarItem("Cline: no key")).toBeVisible();
  await chooseCline(window);
  await window.screenshot("the limit, as in the settings");
  await window.type("1,000");
  await expect(window.quickInput.getByText("Enter an amount in USD, such as 12.50.")).toBeVisible();
  await window.screenshot("no amount");
  await window.enter("5");
  await expect(window.quickPickRow(resetRow)).toHaveClass(/focused/);
  await window.screenshot("the reset, as in the settings");
  await window.page.keyboard.press("Enter");

  await expect(question(window)).toContainText("a key named Cline: $5.00 a week.");
  await expect(question(window)).toContainText(`revoke it at ${new URL(fakeOpenRouter.url).host}/keys`);
  await expect(question(window)).toContainText("always gets its key from openrouter.ai");
  await window.screenshot("the question");
  const page = await window.pageOpenedBy(() => window.answer(question(window), "Open OpenRouter's Page"));
  await expectLimit(page);
  await expect(page.getByLabel("Name of the key")).toHaveValue("Cline");
  await window.screenshot("OpenRouter's page", page);
  expect(new URL(page.url()).searchParams.has("code_challenge")).toBe(false);
  await window.page.bringToFront();
  await expect(whatComesNext(window)).toBeVisible();
  await window.screenshot("the browser is open");

  await page.bringToFront();
  await page.locator("#authorize").click();
  await expect.poll(() => fakeOpenRouter.keys.length).toBe(1);
  const [key] = fakeOpenRouter.keys;
  expect(key).toMatchObject({ label: "Cline", limit: 5, limitReset: "weekly", expiresAt: null });
  await window.page.bringToFront();
  await expect(window.statusBarItem(`Cline: key ${fingerprint(key)}`)).toBeVisible();
  await window.screenshot("Cline has the key");

  // We asked OpenRouter for nothing, so we have no key, and the logs have none either.
  const calls = fakeOpenRouter.requests.filter(({ url }) => url.startsWith("/api/"));
  expect(calls.map(({ url }) => url)).toEqual(["/api/v1/auth/keys"]);
  expectNoSecrets(window.logs, [key?.key ?? "", fakeOpenRouter.lastCode ?? ""]);
  const keysPage = await window.pageOpenedBy(() =>
    whatComesNext(window).getByRole("button", { name: "Open Keys Page" }).click(),
  );
  await expect(keysPage).toHaveURL(`${fakeOpenRouter.url}/keys`);
});

test.describe("in another extension host than Cline's", () => {
  test.use({
    settings: { ...settings, "remote.extensionKind": { "connect-openrouter.connect-openrouter": ["ui"] } },
  });

  test("access that was denied: nothing is kept, and Try Again asks OpenRouter only", async ({
    fakeOpenRouter,
    window,
  }) => {
    const page = await openPage(window);
    await page.locator("#deny").click();
    await window.page.bringToFront();
    await expect(window.statusBarItem("Cline: got no code")).toBeVisible();
    expect(fakeOpenRouter.keys).toEqual([]);

    // The user looks at something else in the meantime, which hides Cline's view.
    await window.command("View: Show Explorer");
    const again = await window.pageOpenedBy(() =>
      whatComesNext(window).getByRole("button", { name: "Try Again" }).click(),
    );
    await expectLimit(again);
    await again.locator("#authorize").click();
    await expect.poll(() => fakeOpenRouter.keys.length).toBe(1);
    await window.page.bringToFront();
    await expect(window.statusBarItem(`Cline: key ${fingerprint(fakeOpenRouter.keys[0])}`)).toBeVisible();
  });
});

/** OpenRouter's page shows the limit that was entered, and how the settings say it resets. */
async function expectLimit(page: Page): Promise<void> {
  await expect(page.getByLabel("Credit limit (optional)")).toHaveValue("5");
  await expect(page.getByText("USD, resets weekly")).toBeVisible();
}
