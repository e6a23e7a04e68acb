import {
  commands,
  type Disposable,
  env,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from "vscode";
import type { Log } from "../../common/log";
import type { CreditsState } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import type { Session } from "../../sessions/session";
import { openKeyPage } from "../keys/keyPages";
import { openKeyTerminal } from "../keys/keyTerminal";
import { showNotConnected } from "../keys/notConnected";
import { relativeTime } from "../relativeTime";
import { readCreditsSettings } from "../settings";
import { reportError } from "../showError";
import { creditsText, withProductName } from "./creditsText";

interface Entry extends QuickPickItem {
  /** What choosing it does; a figure does nothing. */
  readonly run?: () => unknown;
  /** Nothing closes: either it goes on, or the question that comes takes its place. */
  readonly staysOpen?: boolean;
}

/** The commands about the shown key: its figures, and what can be done with it. */
export class CreditsMenu {
  constructor(
    private readonly polling: CreditsPolling,
    private readonly log: Log,
  ) {}

  /** Shows the figures with the actions. Refreshing leaves them in place. */
  async show(): Promise<void> {
    if (!(await this.#session())) return;
    const pick = window.createQuickPick<Entry>();
    pick.placeholder = l10n.t("Choose what to do");
    const draw = async () => {
      const state = await this.polling.state();
      const text = creditsText(state, { now: Date.now(), warnBelow: readCreditsSettings().warnBelow });
      const actions = state.shown ? this.#actions(state, state.shown) : [];
      const figures = text.rows.map(([label, description]) => ({ label, description }));
      pick.title = withProductName(text.headline);
      const active = pick.activeItems[0]?.label ?? actions[0]?.label;
      pick.items = [
        ...problemRows(text.problem),
        ...actions,
        { label: l10n.t("Figures"), kind: QuickPickItemKind.Separator },
        ...figures,
      ];
      // Drawing anew must not move the person's selection.
      pick.activeItems = pick.items.filter(({ label }) => label === active);
    };
    const subscriptions: Disposable[] = [
      pick,
      this.polling.onDidChange(() => void draw()),
      pick.onDidHide(() => {
        for (const subscription of subscriptions) subscription.dispose();
      }),
      pick.onDidAccept(async () => {
        const [chosen] = pick.selectedItems;
        if (!chosen?.run) return;
        if (!chosen.staysOpen) pick.hide();
        pick.busy = true;
        try {
          await chosen.run();
        } catch (error) {
          reportError(error, this.log);
        } finally {
          pick.busy = false;
        }
      }),
    ];
    await draw();
    pick.show();
  }

  async openTerminal(): Promise<void> {
    const session = await this.#session();
    if (session) await openKeyTerminal(session);
  }

  #actions({ sessions }: CreditsState, shown: Session): Entry[] {
    const { retryAfter } = this.polling;
    const run =
      (command: string, ...rest: unknown[]) =>
      () =>
        commands.executeCommand(command, ...rest);
    return [
      {
        ...action("refresh", l10n.t("Refresh")),
        ...(retryAfter > 0 && { description: l10n.t("possible {0}", relativeTime(retryAfter, 0)) }),
        run: () => this.polling.refresh(),
        staysOpen: true,
      },
      { ...action("key", l10n.t("Open Key Page")), run: () => openKeyPage("key", shown) },
      { ...action("history", l10n.t("Open Activity")), run: () => openKeyPage("activity", shown) },
      { ...action("add", l10n.t("Add Credits")), run: () => openKeyPage("credits", shown) },
      ...(sessions.length > 1
        ? [
            {
              ...action("list-selection", l10n.t("Choose Key")),
              run: () => this.#choose(sessions),
              staysOpen: true,
            },
          ]
        : []),
      { ...action("terminal", l10n.t("Open Terminal with API Key")), run: () => openKeyTerminal(shown) },
      {
        ...action("sign-out", l10n.t("Disconnect")),
        run: run("connectOpenRouter.disconnect"),
        staysOpen: true,
      },
      {
        ...action("settings-gear", l10n.t("Settings")),
        run: run("workbench.action.openSettings", "connectOpenRouter"),
      },
    ];
  }

  async #choose(sessions: readonly Session[]): Promise<void> {
    const items = sessions.map(({ id, account, createdAt }) => ({
      label: account.label,
      description: l10n.t("connected {0}", relativeTime(createdAt, Date.now())),
      id,
    }));
    const chosen = await window.showQuickPick(items, { title: l10n.t("Show the credits of which key?") });
    if (chosen) await this.polling.show(chosen.id);
  }

  /** The shown session. Where there is none, says what to do, or throws why. */
  async #session(): Promise<Session | undefined> {
    const { shown, failure } = await this.polling.state({ evenIfNeverConnected: true });
    if (shown) return shown;
    if (failure !== undefined) throw failure;
    await showNotConnected();
    return undefined;
  }
}

/** An icon within the label would be read out with it. */
const action = (icon: string, label: string) => ({ iconPath: new ThemeIcon(icon), label });

/** A row for each sentence, since what is longer than a row is cut. */
function problemRows(problem = ""): Entry[] {
  const sentences = new Intl.Segmenter(env.language, { granularity: "sentence" }).segment(problem);
  return Array.from(sentences, ({ segment }, i) => action(i === 0 ? "warning" : "blank", segment.trim()));
}
