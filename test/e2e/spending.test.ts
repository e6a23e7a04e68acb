import { packages } from "../tools/package.mjs";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";
import { spendingPage } from "./spendingPage";

test.use({
  extensions: [packages.extension, packages.consumer, packages.thief],
  settings: { "connectOpenRouter.extensionBudgets": { "Connect-OpenRouter-Tests.Consumer": 0.05 } },
});

test("spending: two extensions, of which one reaches its budget, and the page with both to the cent", async ({
  fakeOpenRouter,
  window,
}) => {
  const { keyboard } = window.page;
  const page = spendingPage(window);
  await connectAndAuthorize(window);

  await test.step("an extension is warned about at 80 percent, and refused at its budget", async () => {
    fakeOpenRouter.answer({ parts: ["one"], cost: 0.0412 });
    await window.command("Consumer: Ask A Model");
    await window.answer(window.dialog("Budget of the extension: $0.05 a month."), "Allow");
    await expect(window.statusBarItem("Consumer: one")).toBeVisible();
    await expect(window.statusBarItem("$0.0412 · ")).toBeVisible();
    const warning = window.toast(/'Consumer' .* has spent \$0\.041 of its budget of \$0\.05 for this month/);
    await expect(warning).toBeVisible();
    await window.screenshot("the warning");

    fakeOpenRouter.answer({ parts: ["two"], cost: 0.0207 });
    await window.command("Consumer: Ask A Model");
    await expect(window.statusBarItem("Consumer: two")).toBeVisible();
    await window.command("Consumer: Ask A Model");
    await expect(
      window.statusBarItem(/Blocked: 'Consumer' .* has spent \$0\.062 of its budget of \$0\.05 since /),
    ).toBeVisible();
    expect(fakeOpenRouter.chats).toHaveLength(2);
    await window.screenshot("the budget is used up");
    await window.clearToasts();
  });

  await test.step("another one isn't bound by it", async () => {
    fakeOpenRouter.answer({ parts: ["three"], cost: 1.2345 });
    await window.command("Thief: Ask A Model");
    await window.answer(window.dialog("Allow 'Thief'"), "Allow");
    await expect(window.statusBarItem("Thief: three")).toBeVisible();
    await expect(window.statusBarItem("$1.23 · ")).toBeVisible();
  });

  await test.step("the page shows both, as much as OpenRouter charged", async () => {
    await window.command("OpenRouter: Show Spending");
    await expect(page.getByRole("heading", { name: "OpenRouter Spending" })).toBeVisible();
    const rows = page.getByRole("region", { name: "By extension" }).getByRole("row");
    await expect(rows.nth(1)).toHaveAccessibleName(/^Thief \(connect-openrouter-tests\.thief\) \$1\.23 1 /);
    await expect(rows.nth(2)).toHaveAccessibleName(/^Consumer \(.*\.consumer\) \$0\.0619 2 /);
    const charged = fakeOpenRouter.keys[0]?.usage.toFixed(2);
    expect(charged).toBe("1.30");
    await expect(rows.last()).toHaveAccessibleName(new RegExp(`^Total \\$${charged} 3 `));
    const image = page.getByRole("img", { name: `Bar chart of the last 30 days: $${charged}, ` });
    await expect(image).toBeVisible();
    // Its own style, which its content security policy allows.
    await expect(page.locator("rect.bar").first()).not.toHaveCSS("fill", "rgb(0, 0, 0)");
    await window.screenshot("the page");
  });

  await test.step("by keyboard, the history is cleared, and the budget begins again", async () => {
    const links = page.getByRole("listitem").getByRole("link");
    await expect(links).toHaveText([
      "Export Spending as CSV…",
      "Manage Model Access",
      "Refresh",
      "Clear Spending History",
    ]);
    const clear = links.last();
    const hasFocus = () => clear.evaluate((link) => link.ownerDocument.activeElement === link);
    for (let presses = 0; presses < 20 && !(await hasFocus()); presses++) await keyboard.press("Tab");
    await expect(clear).toHaveCSS("outline-style", "solid");
    await window.screenshot("a link has the focus");
    await keyboard.press("Enter");
    await window.answer(window.dialog("Clear the spending history?"), "Clear History");
    await expect(page.getByText("Nothing was spent in the last 30 days.")).toBeVisible();
    // OpenRouter's own count stays, as far as it has said it.
    const today = page.getByRole("row", { name: /^Today / });
    await expect(today).toHaveAccessibleName(/^Today \$\d\.\d+ \$0\.00 /);
    await window.screenshot("cleared");
    fakeOpenRouter.answer({ parts: ["four"] });
    await window.command("Consumer: Ask A Model");
    await expect(window.statusBarItem("Consumer: four")).toBeVisible();
  });
});
