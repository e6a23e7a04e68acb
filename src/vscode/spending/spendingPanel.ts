import { type Disposable, l10n, ViewColumn, type WebviewPanel, window } from "vscode";
import { withTimeLimit } from "../../common/timeLimit";
import type { Session } from "../../sessions/session";
import type { KeyUsage } from "../../spending/keyCount";
import { type Spending, spendingKey } from "../../spending/spending";
import { spendingPage } from "../../spending/spendingPage";
import { type ReportedBudget, reportSince } from "../../spending/spendingReport";
import { utcDay } from "../../spending/utcDays";
import { keyName } from "../keys/keyName";
import { pageCommands, type SpendingState, spendingContent } from "./spendingContent";

/** What the page needs from elsewhere. */
export interface SpendingPanelHost {
  /** What all windows have spent since that day. Rejects where it can't be read. */
  read(since: string): Promise<readonly Spending[]>;
  budgetOf(extension: string): ReportedBudget;
  /** The session in use. Rejects where the keys can't be read. */
  activeSession(): Promise<Session | undefined>;
  /** What OpenRouter last said that the session's key has used, if it did. */
  usageOf(session: Session): KeyUsage | undefined;
  /** Asks OpenRouter again, where that may be asked now. Never rejects. */
  refreshUsage(session: Session): Promise<void>;
  /** Why something failed, in a message with the next step. */
  message(error: unknown): string | undefined;
  /** Shows that. */
  report(error: unknown): void;
}

/** Names the kind of editor to VS Code. */
export const spendingViewType = "connectOpenRouter.spending";
/** Milliseconds that the page waits for OpenRouter's answer before it opens without. */
const moment = 100;

/** The Show Spending page: one editor tab for each window. */
export class SpendingPanel {
  #panel: WebviewPanel | undefined;
  #subscriptions: Disposable[] = [];
  #reads = 0;

  constructor(
    private readonly host: SpendingPanelHost,
    private readonly now: () => number = Date.now,
  ) {}

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Opens the page, or shows the open one with newer figures. Rejects where what was spent can't be read. */
  async show(): Promise<void> {
    this.#panel?.reveal();
    const asked = this.#ask();
    const isInTime = await withTimeLimit(asked, moment).then(
      () => true,
      () => false,
    );
    await this.#draw(() => this.#open());
    if (!isInTime) void asked.then(() => this.refresh()).catch(this.host.report);
  }

  /** Draws the page again, if it is open. Rejects where what was spent can't be read. */
  async refresh(): Promise<void> {
    if (this.#panel) await this.#draw(() => this.#panel);
  }

  async #ask(): Promise<void> {
    const session = await this.host.activeSession().catch(() => undefined); // the page says why
    if (session) await this.host.refreshUsage(session);
  }

  async #draw(panel: () => WebviewPanel | undefined): Promise<void> {
    const read = ++this.#reads;
    const content = spendingContent(await this.#state());
    // A read that began later has newer figures.
    if (read !== this.#reads) return;
    const target = panel();
    if (target) target.webview.html = spendingPage(content, crypto.randomUUID());
  }

  async #state(): Promise<SpendingState> {
    const now = this.now();
    const today = utcDay(now);
    const [spendings, key] = await Promise.all([this.host.read(reportSince(today)), this.#key()]);
    return { spendings, today, now, key, budgetOf: (extension) => this.host.budgetOf(extension) };
  }

  async #key(): Promise<SpendingState["key"]> {
    try {
      const session = await this.host.activeSession();
      if (!session) return undefined;
      return { shownName: keyName(session), name: spendingKey(session), usage: this.host.usageOf(session) };
    } catch (error) {
      return { problem: this.host.message(error) };
    }
  }

  #open(): WebviewPanel {
    if (this.#panel) return this.#panel;
    const panel = window.createWebviewPanel(
      spendingViewType,
      l10n.t("OpenRouter Spending"),
      ViewColumn.Active,
      { enableScripts: false, enableCommandUris: pageCommands, localResourceRoots: [] },
    );
    let wasVisible = true;
    this.#subscriptions = [
      panel.onDidChangeViewState(() => {
        // VS Code drew it anew.
        if (panel.visible && !wasVisible) void this.refresh().catch(this.host.report);
        wasVisible = panel.visible;
      }),
      panel.onDidDispose(() => {
        this.#panel = undefined;
        for (const subscription of this.#subscriptions) subscription.dispose();
      }),
    ];
    this.#panel = panel;
    return panel;
  }
}
