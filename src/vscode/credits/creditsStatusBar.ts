import {
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import { commandIds } from "../../commandIds";
import { escapeMarkdown } from "../../common/plainText";
import type { CreditsState } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import type { Severity } from "../../credits/creditsView";
import type { TurnCost } from "../../spending/turnCosts";
import { readCreditsSettings } from "../settings";
import { type CreditsText, creditsText, withProductName, withTurnCost } from "./creditsText";

/** The status bar item: what is left of the key in use. */
export class CreditsStatusBar {
  readonly #item = window.createStatusBarItem("credits", StatusBarAlignment.Right, 100);
  readonly #subscriptions: Disposable[];
  /** The latest state, which is drawn again when a setting changes. */
  #state: CreditsState | undefined;
  #turnCost: TurnCost | undefined;

  constructor(polling: CreditsPolling) {
    this.#item.name = l10n.t("OpenRouter Credits");
    this.#subscriptions = [
      this.#item,
      polling.onDidChange((state) => this.#draw(state)),
      window.onDidChangeWindowState(({ focused }) => focused && polling.check()),
      workspace.onDidChangeConfiguration((event) => {
        if (this.#state && event.affectsConfiguration("connectOpenRouter")) this.#draw(this.#state);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Shows what the latest turn has cost; undefined: nothing. */
  showTurnCost(cost: TurnCost | undefined): void {
    this.#turnCost = cost;
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
    this.#item.tooltip = tooltip(text);
    this.#item.backgroundColor = background;
    this.#item.accessibilityInformation = { label: withProductName(text.headline) };
  }
}

/** High contrast themes have no such backgrounds: there the icon alone shows the severity. */
const severityStyles: Record<Severity, { icon: string; background?: ThemeColor }> = {
  normal: { icon: "credit-card" },
  warning: { icon: "warning", background: new ThemeColor("statusBarItem.warningBackground") },
  error: { icon: "error", background: new ThemeColor("statusBarItem.errorBackground") },
};

function tooltip({ rows, problem }: CreditsText): MarkdownString {
  const markdown = new MarkdownString("**OpenRouter**\n\n");
  if (rows.length > 0) {
    markdown.value += `| | |\n|:--|--:|\n${rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |\n`).join("")}\n`;
  }
  if (problem) markdown.value += `${escapeMarkdown(problem)}\n`;
  return markdown;
}
