import type { Locator, Page } from "playwright-core";
import { connect } from "../e2e/openRouter";
import type { CodeWindow } from "../e2e/window";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { spend } from "../fakeOpenRouter/keys";

/** A piece of the window, as a PNG. */
export type Shot = Buffer;
export type Shots = Awaited<ReturnType<typeof takeShots>>;

/** Goes through the product as its user does, and photographs what matters at each step. */
export async function takeShots(window: CodeWindow, fakeOpenRouter: FakeOpenRouter) {
  const { page } = window;
  // A browser's keyboard: no desktop has that.
  await page.addStyleTag({ content: "#status\\.workbench\\.keyboardLayout { display: none }" });
  await window.findCommand("Connect OpenRouter");
  const palette = await shoot(page, [window.quickInput]);
  await page.keyboard.press("Escape");

  const consentPage = await connect(window);
  const approve = await shoot(consentPage, [consentPage.locator("main")]);
  await consentPage.locator("#approve").click();
  const connected = window.toast("Connected to OpenRouter. The key's credit limit: $10.00 in all.");
  await connected.waitFor();
  await consentPage.close();
  await page.bringToFront();
  const credits = window.statusBarItem("$10.00 left");
  await credits.waitFor();
  const connectedToast = await shoot(page, [connected, credits]);
  await window.clearToasts();

  await window.command("Consumer: Ask");
  const dialog = window.dialog("Consumer");
  await dialog.waitFor();
  const consent = await shoot(page, [dialog], 16);
  await dialog.getByRole("button", { name: "Allow" }).click();
  await window.quickInput.getByText(/^sk-or-v1-/).click();
  await window.statusBarItem(/Consumer: [0-9a-f]{12}/).waitFor();

  await page.setViewportSize({ width: 640, height: 480 }); // the box is as wide as the window lets it
  await window.command("Accounts: Manage Trusted Extensions For Account");
  await window.quickInput.getByText(/^sk-or-v1-/).click();
  await window.quickInput
    .getByRole("checkbox", { name: /consumer/i })
    .first()
    .waitFor();
  const trusted = await shoot(page, [window.quickInput]);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 760, height: 1080 }); // the list is as high as the window lets it

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
  await hover.getByText("Used this month").waitFor();
  const statusBar = await photograph(page, [hover, left], 10);

  await window.command("Preferences: Open Settings (UI)");
  const editor = page.locator(".settings-editor");
  await editor.locator(".suggest-input-container").click();
  await page.keyboard.type("@ext:connect-openrouter.connect-openrouter");
  // What a key is asked for, once the search is over: the limit, its reset, the expiry.
  const rows = editor.locator(".setting-item-contents");
  const wanted = ["Credit Limit", "Credit Limit Reset", "Key Expires After Days"];
  for (const [index, title] of wanted.entries()) {
    await rows.nth(index).locator(".setting-item-label").getByText(title, { exact: true }).waitFor();
  }
  const settings = await shoot(page, [rows.nth(0), rows.nth(1), rows.nth(2)], 4);

  return { palette, approve, connectedToast, consent, trusted, menu, statusBar, settings };
}

/** Photographs these elements, with a margin in CSS pixels, and nothing that the mouse does to them. */
async function shoot(page: Page, elements: Locator[], margin = 10): Promise<Shot> {
  await page.mouse.move(100, (page.viewportSize()?.height ?? 0) - 60); // where there is nothing
  await page.locator(".monaco-hover:visible").waitFor({ state: "hidden" });
  return photograph(page, elements, margin);
}

/** Photographs until it looks the same twice: VS Code draws a list in several goes. */
async function photograph(page: Page, elements: Locator[], margin: number): Promise<Shot> {
  let last: Shot | undefined;
  for (let attempt = 0; attempt < 20; attempt++) {
    const clip = await around(page, elements, margin);
    const shot = await page.screenshot({ clip, animations: "disabled" });
    if (last?.equals(shot)) return shot;
    last = shot;
  }
  throw new Error("It doesn't stop changing");
}

/** What is around the elements, as far as the window goes. */
async function around(page: Page, elements: Locator[], margin: number) {
  const boxes = (await Promise.all(elements.map((element) => element.boundingBox()))).filter(
    (box) => box !== null,
  );
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
  const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
