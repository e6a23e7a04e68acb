import { expect, type Locator, type Page, test } from "@playwright/test";

/** Milliseconds, as in `src/common/readingTime.ts`. */
const readingTime = 1000;

/**
 * How long a list may take to show a row, in milliseconds, until it is opened again. While a window starts, the first
 * lists are soon out of date; on a busy machine each takes longer.
 */
const patience = (attempts: number) => Math.min(250 * attempts, 5000);

/** What a user does and sees in a window of VS Code, in a browser or on the desktop. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Runs a command from the palette, by its full title: "Developer: Reload Window". */
  async command(title: string): Promise<void> {
    await expect(async () => {
      await (await this.findCommand(title)).click({ timeout: 2000 });
    }).toPass();
  }

  /** Types a command's title into the palette and waits for its row. */
  async findCommand(title: string): Promise<Locator> {
    const row = this.quickPickRow(title);
    // The palette builds its list once, without commands that are registered a moment later. And it closes when
    // something else takes the focus, such as the picture of a walkthrough step.
    let attempts = 0;
    await expect(async () => {
      if (attempts++ > 0) await this.page.keyboard.press("Escape");
      await this.page.keyboard.press("F1");
      await this.input.fill(`>${title}`, { timeout: 2000 });
      await expect(row).toBeVisible({ timeout: patience(attempts) });
    }).toPass();
    return row;
  }

  /** The widget at the top: command palette, quick pick, input box. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** The row with exactly this label, without its icons. */
  quickPickRow(label: string): Locator {
    // The whole text, since the part that matches the filter is an element of its own.
    const wholeLabel = new RegExp(`^\\s*${label.replaceAll(/[^\w ]/g, "\\$&")}\\s*$`);
    const name = this.page.locator(".label-name").filter({ hasText: wholeLabel });
    return this.quickInput.locator(".monaco-list-row").filter({ has: name });
  }

  async pick(label: string): Promise<void> {
    await this.quickPickRow(label).click();
  }

  /** Fills the input box. Press Enter in it with `page.keyboard`, or call `enter`. */
  async type(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /** Fills the input box and accepts it. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.input.press("Enter");
  }

  private get input(): Locator {
    return this.quickInput.locator(".quick-input-box input");
  }

  get toasts(): Locator {
    return this.page.locator(".notification-toast");
  }

  /** A notification. Its buttons: `toast("…").getByRole("button", { name: "…" })`. */
  toast(text: string | RegExp): Locator {
    return this.toasts.filter({ hasText: text });
  }

  async clearToasts(): Promise<void> {
    await this.command("Notifications: Clear All Notifications");
    await expect(this.toasts).toHaveCount(0);
  }

  /** A modal dialog. Its buttons are found like those of a notification. */
  dialog(text?: string | RegExp): Locator {
    return this.page.locator(".monaco-dialog-box").filter({ hasText: text });
  }

  /** Answers a modal dialog that takes no answer before it can have been read. */
  async answer(dialog: Locator, name: string): Promise<void> {
    const button = dialog.getByRole("button", { name, exact: true });
    await expect(button).toBeVisible();
    await new Promise((resolve) => setTimeout(resolve, readingTime)); // which is what it does, too
    await button.click();
  }

  /** The visible output channel, if it contains this. Editors draw non-breaking spaces. */
  output(text: RegExp): Locator {
    const hasText = new RegExp(text.source.replaceAll(" ", "\\s"));
    return this.page.locator(".part.panel .view-lines").filter({ hasText });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text });
  }

  /** An account in the Accounts menu. An open menu isn't updated, so this reopens it until the account is there. */
  async account(name: RegExp): Promise<Locator> {
    const item = this.page.locator(".monaco-menu").getByRole("menuitem", { name });
    let attempts = 0;
    await expect(async () => {
      await this.page.keyboard.press("Escape"); // an open menu keeps the button from being clicked
      await this.page
        .locator(".activitybar")
        .getByRole("button", { name: "Accounts" })
        .click({ timeout: 2000 });
      attempts++;
      await expect(item).toBeVisible({ timeout: patience(attempts) });
    }).toPass();
    return item;
  }

  /** The browser page that an action opens. */
  async pageOpenedBy(action: () => Promise<void>): Promise<Page> {
    const [page] = await Promise.all([this.page.context().waitForEvent("page"), action()]);
    return page;
  }

  /** Takes a screenshot for the report, of this page or another, if SCREENSHOTS is set: each takes half a second. */
  async screenshot(step: string, page = this.page): Promise<void> {
    if (!process.env.SCREENSHOTS) return;
    const testInfo = test.info();
    const count = String(testInfo.attachments.length + 1).padStart(2, "0");
    const path = testInfo.outputPath(`${count}-${step.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.png`);
    await page.screenshot({ path });
    await testInfo.attach(step, { path });
  }

  /** Waits until VS Code has drawn its window. */
  async ready(): Promise<void> {
    await expect(this.statusBarItem(/./).first()).toBeVisible();
  }
}
