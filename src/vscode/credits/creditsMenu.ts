import { type Disposable, env, l10n, QuickPickItemKind, window } from "vscode";
import type { Log } from "../../common/log";
import type { CreditsState } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import type { Session } from "../../sessions/session";
import { openKeyPage } from "../keys/keyPages";
import { showNotConnected } from "../keys/notConnected";
import { readCreditsSettings } from "../settings";
import { reportError } from "../showError";
import { action, creditsActions, type Entry } from "./creditsActions";
import { creditsText, withProductName } from "./creditsText";

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
      const actions = next.active ? creditsActions(next, next.active, this.polling) : [];
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

/** A row per sentence, since text that is longer than a row is cut. */
function problemRows(problem = ""): Entry[] {
  const sentences = new Intl.Segmenter(env.language, { granularity: "sentence" }).segment(problem);
  return Array.from(sentences, ({ segment }, i) => action(i === 0 ? "warning" : "blank", segment.trim()));
}
