import { expect, test } from "./fixtures";
import { connectAndApprove } from "./openRouter";

test("the spending page, by keyboard: what was spent, by whom, and its links, until it is cleared", async ({
  fakeOpenRouter,
  window,
}) => {
  const { keyboard } = window.page;
  const page = window.page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
  const spendings = page.getByRole("region", { name: "By extension" }).getByRole("row");
  await connectAndApprove(window);
  fakeOpenRouter.answer({ parts: ["pong"], cost: 0.0312 });
  await window.command("Consumer: Ask A Model");
  await window.answer(window.dialog("to use your OpenRouter models?"), "Allow");
  await expect(window.statusBarItem("Consumer: pong")).toBeVisible();

  await window.command("OpenRouter: Show Spending");
  await expect(page.getByRole("heading", { name: "OpenRouter Spending" })).toBeVisible();
  await expect(spendings.nth(1)).toHaveAccessibleName(
    /^Consumer \(connect-openrouter-tests\.consumer\) \$0\.0312 1 /,
  );
  await expect(spendings.last()).toHaveAccessibleName(/^Total \$0\.0312 1 /);
  await expect(page.getByRole("img", { name: /^Bar chart of the last 30 days: \$0\.0312, / })).toBeVisible();
  // Its own style, which its content security policy allows.
  await expect(page.locator("rect.bar")).not.toHaveCSS("fill", "rgb(0, 0, 0)");
  await window.screenshot("the page");

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
  await expect(today).toHaveAccessibleName(/^Today \$0\.0\d+ \$0\.00 /);
  await window.screenshot("cleared");
});
