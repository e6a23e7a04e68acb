import { writeLedger } from "../e2e/ledger";
import { connectAndAuthorize } from "../e2e/openRouter";
import type { CodeWindow } from "../e2e/window";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { spend } from "../fakeOpenRouter/keys";
import { photograph, shoot, tidyStatusBar } from "./shoot";

export type Shots = Awaited<ReturnType<typeof takeShots>>;

/**
 * Uses the extension as a user does, and takes a screenshot of each step.
 * @param userData the folder of VS Code's user data
 */
export async function takeShots(window: CodeWindow, fakeOpenRouter: FakeOpenRouter, userData: string) {
  const { page } = window;
  writeLedger(userData);
  await tidyStatusBar(page);
  await connectAndAuthorize(window);

  await window.command("Consumer: Ask");
  const dialog = window.dialog("Consumer");
  await dialog.waitFor();
  const consent = await shoot(page, [dialog], 16);
  await dialog.getByRole("button", { name: "Allow" }).click();
  await window.pick("VS Code");
  await window.statusBarItem(/Consumer: [0-9a-f]{12}/).waitFor({ state: "attached" });

  await page.setViewportSize({ width: 640, height: 480 }); // the quick pick is as wide as the window allows
  await window.command("Accounts: Manage Trusted Extensions For Account");
  await window.pick("VS Code");
  await window.quickInput
    .getByRole("checkbox", { name: /consumer/i })
    .first()
    .waitFor();
  const trusted = await shoot(page, [window.quickInput]);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 760, height: 1080 }); // the list is as high as the window allows

  const [issued] = fakeOpenRouter.keys;
  if (issued) spend(issued, 3.58);
  await window.command("OpenRouter: Show Credits");
  await window.pick("Refresh");
  const left = window.statusBarItem("$6.42 left");
  await left.waitFor();
  await window.quickInput.getByText("$3.58").first().waitFor();
  const menu = await shoot(page, [window.quickInput]);
  await page.keyboard.press("Escape");
  await left.hover();
  const hover = page.locator(".monaco-hover:visible");
  await hover.getByRole("img", { name: "Bar chart of the last 14 days" }).waitFor();
  const statusBar = await photograph(page, [hover, left], 10);

  return { consent, trusted, menu, statusBar };
}
