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
import { commandIds, vscodeCommandIds } from "../../commandIds";
import type { Log } from "../../common/log";
import type { CreditsState } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import type { Session } from "../../sessions/session";
import { hasTerminals } from "../hasTerminals";
import { openKeyPage } from "../keys/keyPages";
import { showNotConnected } from "../keys/notConnected";
import { pickKey } from "../keys/pickKey";
import { relativeTime } from "../relativeTime";
import { readCreditsSettings } from "../settings";
import { reportError } from "../showError";
import { creditsText, withProductName } from "./creditsText";

interface Entry extends QuickPickItem {
  /** What choosing it does; a figure does nothing. */
  readonly run?: () => unknown;
  /** The menu stays open: it shows the result, or a question takes its place. */
  readonly staysOpen?: boolean;
}

/** The commands about the key in use: its figures, and what can be done with it. */
export class CreditsMenu {
  constructor(
    private readonly polling: CreditsPolling,
    private readonly log: Log,
    /** Called when the figures were shown. */
    private readonly shown: () => void,
  ) {}

  /** Shows the figures with the actions. Refreshing leaves them in place. */
  async show(): Promise<void> {
    const state = await this.#connectedState();
    if (!state) return;
    const pick = window.createQuickPick<Entry>();
    pick.placeholder = l10n.t("Select an action");
    const draw = (next: CreditsState) => {
      const text = creditsText(next, { now: Date.now(), warnBelow: readCreditsSettings().warnBelow });
      const actions = next.active ? this.#actions(next, next.active) : [];
      const figures = text.rows.map(([label, description]) => ({ label, description }));
      pick.title = withProductName(text.headline);
      const active = pick.activeItems[0]?.label ?? actions[0]?.label;
      pick.items = [
        ...problemRows(text.problem),
        ...actions,
        { label: l10n.t("Usage"), kind: QuickPickItemKind.Separator },
        ...figures,
      ];
      // Drawing again must not move the user's selection.
      pick.activeItems = pick.items.filter(({ label }) => label === active);
    };
    const subscriptions: Disposable[] = [
      pick,
      this.polling.onDidChange(draw),
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
    draw(state);
    pick.show();
    this.shown();
  }

  /** The key in use. Where there is none, shows what to do, or throws why. */
  async activeSession(): Promise<Session | undefined> {
    return (await this.#connectedState())?.active;
  }

  /** Opens the page of the key in use: its limit, and how to revoke it. */
  async openKeyPage(): Promise<void> {
    const session = await this.activeSession();
    if (session) await openKeyPage("key", session);
  }

  #actions({ sessions, refusal }: CreditsState, active: Session): Entry[] {
    const { retryAfter } = this.polling;
    const run =
      (command: string, ...rest: unknown[]) =>
      () =>
        commands.executeCommand(command, ...rest);
    return [
      ...(refusal === "confirmed"
        ? [{ ...action("sync", l10n.t("Reconnect")), run: run(commandIds.connect, active.id) }]
        : []),
      {
        ...action("refresh", l10n.t("Refresh")),
        ...(retryAfter > 0 && { description: l10n.t("available {0}", relativeTime(retryAfter, 0)) }),
        run: () => this.polling.refresh(active),
        staysOpen: true,
      },
      { ...action("key", l10n.t("Open Key Page")), run: () => openKeyPage("key", active) },
      { ...action("history", l10n.t("Open Activity")), run: () => openKeyPage("activity", active) },
      { ...action("graph", l10n.t("Show Spending")), run: run(commandIds.showSpending) },
      { ...action("add", l10n.t("Add Credits")), run: () => openKeyPage("credits", active) },
      ...(sessions.length > 1
        ? [
            {
              ...action("list-selection", l10n.t("Choose Key")),
              run: () => this.#choose(sessions),
              staysOpen: true,
            },
          ]
        : []),
      { ...action("tools", l10n.t("Set Up a Tool…")), run: run(commandIds.setUpTool), staysOpen: true },
      ...(hasTerminals()
        ? [
            {
              ...action("terminal", l10n.t("Open Terminal with API Key")),
              run: run(commandIds.openTerminal),
              staysOpen: true,
            },
          ]
        : []),
      {
        ...action("sign-out", l10n.t("Disconnect")),
        run: run(commandIds.disconnect),
        staysOpen: true,
      },
      {
        ...action("settings-gear", l10n.t("Settings")),
        run: run(vscodeCommandIds.openSettings, "connectOpenRouter"),
      },
    ];
  }

  async #choose(sessions: readonly Session[]): Promise<void> {
    const chosen = await pickKey(sessions, { title: l10n.t("Select the key to use") });
    if (chosen) await this.polling.choose(chosen.id);
  }

  /** What is known, where there is a key in use. Where there is none, shows what to do, or throws why. */
  async #connectedState(): Promise<(CreditsState & { readonly active: Session }) | undefined> {
    const state = await this.polling.state({ evenIfNeverConnected: true });
    const { active, failure } = state;
    if (active) return { ...state, active };
    if (failure !== undefined) throw failure;
    await showNotConnected();
    return undefined;
  }
}

/** An icon within the label would be read out with it. */
const action = (icon: string, label: string) => ({ iconPath: new ThemeIcon(icon), label });

/** A row per sentence, since text that is longer than a row is cut. */
function problemRows(problem = ""): Entry[] {
  const sentences = new Intl.Segmenter(env.language, { granularity: "sentence" }).segment(problem);
  return Array.from(sentences, ({ segment }, i) => action(i === 0 ? "warning" : "blank", segment.trim()));
}
