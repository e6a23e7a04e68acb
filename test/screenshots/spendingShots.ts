import { expect } from "@playwright/test";
import { writeLedger } from "../e2e/ledger";
import { spendingPage } from "../e2e/spendingPage";
import type { CodeWindow } from "../e2e/window";
import { photograph, type Shot } from "./shoot";

/** The setting for what they may spend. */
export const budgets = { "connect-openrouter-tests.consumer": 5, "acme.code-reviewer": 2 };

/** Shows what was spent in the last 30 days. @param userData the folder of VS Code's user data */
export async function takeSpendingShots(
  window: CodeWindow,
  userData: string,
): Promise<{ spending: Shot; chart: Shot }> {
  const { page } = window;
  writeLedger(userData);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1130, height: 1000 });
  await window.command("OpenRouter: Show Spending");
  const frame = spendingPage(window);
  await expect(frame.getByRole("heading", { name: "This month" })).toBeVisible();
  const top = frame.getByRole("heading", { name: "Last 30 days" });
  const spent = [top, frame.getByRole("img"), frame.getByRole("table").first()];
  const spending = await photograph(page, spent, 24);
  await page.setViewportSize({ width: 620, height: 1000 });
  const chart = await photograph(page, [top, frame.getByRole("img"), frame.locator(".legend")], 16);
  await window.command("View: Close All Editors");
  if (size) await page.setViewportSize(size);
  return { spending, chart };
}
