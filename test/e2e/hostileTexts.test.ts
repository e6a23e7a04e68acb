import { expect, test } from "./fixtures";
import { connect } from "./openRouter";

/** Links, icons, Markdown and a text that turns its surroundings, as VS Code would draw them. */
const hostile =
  "[Sign in](command:connectOpenRouter.disconnect) $(zap) **b** `c` ![i](https://e.example/i.png) \u202e";
/** How it is shown: word joiners can't be seen. */
const shown =
  /\[Sign in\]\u2060?\(command:connectOpenRouter\.disconnect\) \$\u2060?\(zap\) \*\*b\*\* `c` !\[i\]\u2060?\(https:\/\/e/;

test.use({ settings: { "connectOpenRouter.creditLimit": 5, "connectOpenRouter.keyLabel": hostile } });

test("a malicious server: its texts are shown as they are, without a link, an icon, or formatting", async ({
  fakeOpenRouter,
  window,
}) => {
  fakeOpenRouter.misbehave({
    exchange: { answer: { fields: { user_id: hostile } } },
    key: { answer: { fields: { label: hostile, limit_reset: hostile, creator_user_id: hostile } } },
  });
  const page = await connect(window);
  await page.locator("#authorize").click();
  const toast = window.toast("Connected to OpenRouter, but the key isn't what you requested.");
  await expect(toast).toContainText(shown);
  await expect(toast.locator("a[href], .codicon-zap")).toHaveCount(0);
  await page.close();
  await window.page.bringToFront();
  await window.screenshot("notification");
  await window.clearToasts();

  const item = window.statusBarItem("$5.00 left");
  await item.hover();
  const tooltip = window.page.locator(".monaco-hover:visible");
  await expect(tooltip.getByText(shown)).toHaveCount(3); // reset, label, account
  await expect(tooltip.locator("strong")).toHaveText(["OpenRouter"]);
  await expect(tooltip.locator("td a, td code, td img, .codicon-zap")).toHaveCount(0);
  await window.screenshot("tooltip");

  await item.click();
  const row = window.quickInput.locator(".monaco-list-row").filter({ hasText: shown });
  await window.quickInput.locator("input").first().fill("Key");
  await expect(row).toHaveCount(1);
  await expect(row.locator("a[href], .codicon-zap")).toHaveCount(0);
  await window.screenshot("menu");
});
