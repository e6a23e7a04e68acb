import type { TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import { storageContains } from "./browserStorage";
import { type Session, type SessionOptions, startSession } from "./session";

/** Opens a window of a new VS Code, with the packaged extension, that is closed when the test is over. */
export async function openWindow(
  test: Pick<TestContext, "name" | "after">,
  options: SessionOptions = {},
): Promise<CodeWindow> {
  const session = await startSession(test.name, options);
  let window: CodeWindow | undefined;
  test.after(async () => {
    await window?.screenshot("end").catch(() => {});
    await session.close();
  });
  window = await CodeWindow.open(session);
  return window;
}

/** A window of VS Code, and what a user does and sees in it. */
export class CodeWindow {
  readonly page: Page;
  readonly #session: Session;

  private constructor(session: Session, page: Page) {
    this.#session = session;
    this.page = page;
  }

  static async open(session: Session): Promise<CodeWindow> {
    const window = new CodeWindow(session, await session.openPage());
    await window.#ready();
    return window;
  }

  /** Runs a command from the palette, by its whole title: "Developer: Reload Window". */
  async command(title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const row = await this.findCommand(title);
      try {
        return await row.click({ timeout: 4000 });
      } catch (error) {
        // The palette is gone when something else takes the focus, as just after a reload.
        if (attempt === 3) throw error;
      }
    }
  }

  /** Types a command's title into the palette and waits for its row. */
  async findCommand(title: string): Promise<Locator> {
    const row = this.quickPickRow(title);
    // The palette's list is made once, so that a command that is registered a moment later is missing; and the
    // palette closes again when something else takes the focus, such as the picture of a walkthrough's step.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press("F1");
      try {
        await this.#input.fill(`>${title}`, { timeout: 4000 });
        await row.waitFor({ timeout: 4000 });
        return row;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** The box that drops from the top: command palette, quick pick, input box. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** The row with exactly this label, icons left out. */
  quickPickRow(label: string): Locator {
    // The whole text: what the filter matched is an element of its own within it.
    const whole = new RegExp(`^\\s*${label.replaceAll(/[^\w ]/g, "\\$&")}\\s*$`);
    const name = this.page.locator(".label-name").filter({ hasText: whole });
    return this.quickInput.locator(".monaco-list-row").filter({ has: name });
  }

  async pick(label: string): Promise<void> {
    await this.quickPickRow(label).click();
  }

  /** Fills the input box. Press Enter in it with `page.keyboard`, or call `enter`. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Fills the input box and accepts it. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.#input.press("Enter");
  }

  get #input(): Locator {
    return this.quickInput.locator(".quick-input-box input");
  }

  /** A notification. Its buttons: `toast("…").getByRole("button", { name: "…" })`. */
  toast(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast").filter({ hasText: text });
  }

  async clearToasts(): Promise<void> {
    await this.command("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").waitFor({ state: "detached" });
  }

  /** A modal dialog, with its buttons likewise. */
  dialog(text?: string | RegExp): Locator {
    return this.page.locator(".monaco-dialog-box").filter({ hasText: text });
  }

  /** The output channel that is shown, once it says this. An editor draws spaces that don't break. */
  output(text: RegExp): Locator {
    const hasText = new RegExp(text.source.replaceAll(" ", "\\s"));
    return this.page.locator(".part.panel .view-lines").filter({ hasText });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text });
  }

  /** Opens the Accounts menu. Its items: `.getByRole("menuitem", { name: "…" })`. */
  async accountsMenu(): Promise<Locator> {
    await this.page.locator(".activitybar").getByRole("button", { name: "Accounts" }).click();
    const menu = this.page.locator(".monaco-menu").first();
    await menu.waitFor();
    return menu;
  }

  /** The menu item of an account. The menu is drawn once, so it is opened until the account is in it. */
  async account(name: RegExp): Promise<Locator> {
    for (let attempt = 1; ; attempt++) {
      const item = (await this.accountsMenu()).getByRole("menuitem", { name });
      try {
        await item.waitFor({ timeout: 3000 });
        return item;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** The page that an action opens in the browser. */
  async pageOpenedBy(action: () => Promise<void>): Promise<Page> {
    const [page] = await Promise.all([this.page.context().waitForEvent("page"), action()]);
    return page;
  }

  /**
   * Another window of the same VS Code and the same user. It reads the secrets once, as it opens: unlike on the
   * desktop, what a window in a browser stores later reaches no other, and may be overwritten by it.
   */
  openSecondWindow(): Promise<CodeWindow> {
    return CodeWindow.open(this.#session);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /**
   * Waits until the workbench has written an entry whose key or value contains `text` to its storage, which it
   * does every few seconds. What is not there yet is lost by a reload: a consent is `"allowed":true`.
   */
  async stored(text: string): Promise<void> {
    await this.page.waitForFunction(storageContains, text, { polling: 200 });
  }

  /** Changes user settings while VS Code runs: what shows that they are taken up is the caller's to wait for. */
  changeSettings(changes: Record<string, unknown>): void {
    this.#session.changeSettings(changes);
  }

  /** Where the next screenshot goes, for one of another page. */
  screenshotPath(step: string): string {
    return this.#session.screenshotPath(step);
  }

  async screenshot(step: string): Promise<void> {
    await this.page.screenshot({ path: this.#session.screenshotPath(step) });
  }

  /** The folder of VS Code's logs. */
  get logs(): string {
    return this.#session.logs;
  }

  async #ready(): Promise<void> {
    await this.statusBarItem(/./).first().waitFor();
  }
}
