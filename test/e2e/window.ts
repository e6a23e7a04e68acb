import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { WorkbenchServer } from "../tools/workbenchServer.mjs";
import { replaceInStorage, storageContains } from "./browserStorage";
import { Workbench } from "./workbench";

/** What a window needs from its test. */
interface Session {
  context: BrowserContext;
  /** The address of the window. */
  url: string;
  server: WorkbenchServer;
}

/** A window of VS Code in a browser. */
export class CodeWindow extends Workbench {
  readonly #session: Session;

  private constructor(session: Session, page: Page) {
    super(page);
    this.#session = session;
  }

  static async open(session: Session): Promise<CodeWindow> {
    const window = new CodeWindow(session, await session.context.newPage());
    await window.page.goto(session.url);
    await window.ready();
    return window;
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
    await this.ready();
  }

  /** Closes this and all other windows as a user does, not by the connection. */
  async closeAll(): Promise<void> {
    const { origin } = new URL(this.#session.url);
    for (const page of this.#session.context.pages()) {
      if (page.url().startsWith(origin)) await page.goto("about:blank");
    }
  }

  /**
   * Waits until the workbench's storage has an entry whose key or value contains `text`. VS Code writes it a
   * moment later, and a reload loses what isn't written yet. A consent is `"allowed":true`.
   */
  async stored(text: string): Promise<void> {
    // `page.waitForFunction` with an interval takes the promise of an async function for its result.
    await expect.poll(() => this.page.evaluate(storageContains, text), { intervals: [100] }).toBe(true);
  }

  /**
   * Reloads the window, long after something happened.
   * @param stored is in the workbench's storage by then
   * @param before matches what stands before its time there; by default `stored`, as a name
   */
  async reloadLongAfter(stored: string, before = `"${stored}":`): Promise<void> {
    await this.stored(stored);
    // A page of the same origin, since VS Code would write its own state again.
    await this.page.goto(new URL("/healthz", this.#session.url).href);
    await this.page.evaluate(replaceInStorage, [`(${before})\\d+`, "$11"] as [string, string]);
    await this.page.goto(this.#session.url);
    await this.ready();
  }

  /** The folder of VS Code's logs. */
  get logs(): string {
    return this.#session.server.logs;
  }
}
