import type { TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import { storageContains } from "./browserStorage";
import { type Session, type SessionOptions, startSession } from "./session";

/** Opens a window of a new VS Code with the packaged extension. It is closed after the test. */
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

/** A window of VS Code, with what a user does and sees in it. */
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

  /** Runs a command from the palette, by its full title: "Developer: Reload Window". */
  async command(title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const row = await this.findCommand(title);
      try {
        return await row.click({ timeout: 4000 });
      } catch (error) {
        // The palette closes when something else takes the focus, as just after a reload.
        if (attempt === 3) throw error;
      }
    }
  }

  /** Types a command's title into the palette and waits for its row. */
  async findCommand(title: string): Promise<Locator> {
    const row = this.quickPickRow(title);
    // The palette builds its list once, without commands that are registered a moment later. And it closes when
    // something else takes the focus, such as the picture of a walkthrough step.
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

  /** A modal dialog. Its buttons are found like those of a notification. */
  dialog(text?: string | RegExp): Locator {
    return this.page.locator(".monaco-dialog-box").filter({ hasText: text });
  }

  /** The visible output channel, if it contains this. Editors draw non-breaking spaces. */
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

  /** The menu item of an account. An open menu isn't updated, so this reopens it until the account is there. */
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

  /** The browser page that an action opens. */
  async pageOpenedBy(action: () => Promise<void>): Promise<Page> {
    const [page] = await Promise.all([this.page.context().waitForEvent("page"), action()]);
    return page;
  }

  /**
   * Another window of the same VS Code and the same user. In a browser a window reads the secrets only once, as
   * it opens: unlike on the desktop, what another stores later doesn't reach it, and it may overwrite that.
   */
  openSecondWindow(): Promise<CodeWindow> {
    return CodeWindow.open(this.#session);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /**
   * Waits until the workbench's storage has an entry whose key or value contains `text`. VS Code writes it every
   * few seconds, and a reload loses what isn't written yet. A consent is `"allowed":true`.
   */
  async stored(text: string): Promise<void> {
    await this.page.waitForFunction(storageContains, text, { polling: 200 });
  }

  /** Changes user settings while VS Code runs. The caller waits for their effect. */
  changeSettings(changes: Record<string, unknown>): void {
    this.#session.changeSettings(changes);
  }

  /** The path of the next screenshot, for taking one of another page. */
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
