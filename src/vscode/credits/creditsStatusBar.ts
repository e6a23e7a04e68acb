import { type Disposable, l10n, StatusBarAlignment, ThemeColor, window, workspace } from "vscode";
import { commandIds } from "../../commandIds";
import type { Log } from "../../common/log";
import type { CreditsState } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import type { Severity } from "../../credits/creditsView";
import type { RecentPictures } from "../../spending/recentDays";
import type { TurnCost } from "../../spending/turnCosts";
import { readCreditsSettings } from "../settings";
import { creditsText, withProductName, withTurnCost } from "./creditsText";
import { creditsTooltip } from "./creditsTooltip";
import { pictureColors } from "./pictureColors";
import { RecentReads } from "./recentReads";

/** The status bar item: what is left of the key in use. */
export class CreditsStatusBar {
  readonly #item = window.createStatusBarItem("credits", StatusBarAlignment.Right, 100);
  readonly #subscriptions: Disposable[];
  /** The latest state, which is drawn again when a setting changes. */
  #state: CreditsState | undefined;
  #turnCost: TurnCost | undefined;
  readonly #recent: RecentReads;

  /** @param loadRecent loads what shows what was spent lately */
  constructor(polling: CreditsPolling, loadRecent: () => RecentPictures, log: Pick<Log, "warn">) {
    this.#recent = new RecentReads(loadRecent, log, () => this.#drawAgain());
    this.#item.name = l10n.t("OpenRouter Credits");
    this.#subscriptions = [
      this.#item,
      polling.onDidChange((state) => this.#draw(state)),
      window.onDidChangeWindowState(({ focused }) => focused && polling.check()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("connectOpenRouter")) this.#drawAgain();
      }),
      window.onDidChangeActiveColorTheme(() => this.#drawAgain()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Shows what the latest turn has cost; undefined: nothing. */
  showTurnCost(cost: TurnCost | undefined): void {
    this.#turnCost = cost;
    this.#drawAgain();
  }

  /** What was spent was deleted. */
  spendingCleared(): void {
    this.#recent.changed();
  }

  #drawAgain(): void {
    if (this.#state) this.#draw(this.#state);
  }

  #draw(state: CreditsState): void {
    this.#state = state;
    const settings = readCreditsSettings();
    if (!settings.showCredits || !state.hasConnected) {
      this.#item.hide();
      return;
    }
    if (state.sessions.length === 0 && !state.failure) this.#drawInvitation();
    else this.#drawCredits(state, settings.warnBelow);
    this.#item.show();
  }

  #drawInvitation(): void {
    const label = l10n.t("Connect OpenRouter");
    this.#item.text = `$(credit-card) ${label}`;
    this.#item.command = commandIds.connect;
    this.#item.tooltip = undefined;
    this.#item.backgroundColor = undefined;
    this.#item.accessibilityInformation = { label };
  }

  #drawCredits(state: CreditsState, warnBelow: number): void {
    const text = withTurnCost(creditsText(state, { now: Date.now(), warnBelow }), this.#turnCost);
    const { icon, background } = severityStyles[text.severity];
    this.#item.text = `$(${icon}) ${text.headline}`;
    this.#item.command = commandIds.showCredits;
    const colors = pictureColors();
    this.#item.tooltip = creditsTooltip(text, {
      colors,
      recent: this.#recent.picture(colors),
      hasKey: state.active !== undefined,
    });
    this.#item.backgroundColor = background;
    this.#item.accessibilityInformation = { label: withProductName(text.headline) };
    if (state.active) this.#recent.check();
  }
}

/** High contrast themes have no such backgrounds: there the icon alone shows the severity. */
const severityStyles: Record<Severity, { icon: string; background?: ThemeColor }> = {
  normal: { icon: "credit-card" },
  warning: { icon: "warning", background: new ThemeColor("statusBarItem.warningBackground") },
  error: { icon: "error", background: new ThemeColor("statusBarItem.errorBackground") },
};
