import { Emitter } from "../common/emitter";
import { OpenRouterError } from "../openrouter/errors";
import type { KeyInfo } from "../openrouter/keyInfo";
import type { ActiveSession } from "../sessions/activeSession";
import type { Session } from "../sessions/session";
import type { SessionStore } from "../sessions/sessionStore";
import type { CreditsHost, CreditsState } from "./creditsHost";
import { creditAlerts } from "./creditsView";
import { KeyRequests } from "./keyRequests";
import type { SharedCredits } from "./sharedCredits";

/** In milliseconds. */
const minute = 60_000;

/**
 * When to ask OpenRouter what is left: on connect, in a focused window whose figures are older than five
 * minutes, and when the user refreshes; at most twelve times an hour across all windows.
 */
export class CreditsPolling {
  readonly #changes = new Emitter<CreditsState>();
  /** Fires when there may be something new to show, and each minute, since figures age. */
  readonly onDidChange = this.#changes.event;
  readonly #requests: KeyRequests;
  readonly #subscription;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The sessions as last read, since the end of a request changes only the figures. */
  #last: CreditsState = { hasConnected: false, sessions: [] };

  constructor(
    store: Pick<SessionStore, "onDidChange">,
    private readonly active: ActiveSession,
    private readonly shared: SharedCredits,
    private readonly host: CreditsHost,
  ) {
    this.#requests = new KeyRequests(shared, host, () => this.#changes.fire(this.#withFigures(this.#last)));
    this.#subscription = store.onDidChange(async ({ added, removed }) => {
      for (const { id } of removed) await shared.writeKey(id, undefined);
      const newest = added.at(-1);
      if (newest) await active.choose(newest.id);
      this.#changes.fire(await this.state());
    });
  }

  start(): void {
    // A window without the focus doesn't even read its storage.
    this.#timer = setInterval(() => this.host.isFocused() && this.check(), minute);
    void this.check();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscription.dispose();
  }

  /** Called each minute, and when the window gets the focus. */
  async check(): Promise<void> {
    const state = await this.state();
    const mayAsk = this.host.isFocused() && this.host.isWanted();
    if (mayAsk && state.active && this.#requests.isDue(state.active)) return this.#askAndWarn(state.active);
    this.#changes.fire(state);
  }

  /** Asks at the user's request, unless `retryAfter` forbids it. The result is in the next state. */
  async refresh(session: Session): Promise<void> {
    if (this.#requests.retryAfter === 0) await this.#askAndWarn(session);
  }

  /** Puts another key in use. */
  async choose(id: string): Promise<void> {
    await this.active.choose(id);
    await this.check();
  }

  /** Milliseconds until a refresh is possible. */
  get retryAfter(): number {
    return this.#requests.retryAfter;
  }

  /** Reads no secret until the user has connected once, unless forced to. */
  async state({ evenIfNeverConnected = false } = {}): Promise<CreditsState> {
    const { wasChosen } = this.active;
    if (!wasChosen && !evenIfNeverConnected) return { hasConnected: false, sessions: [] };
    try {
      const { sessions, active } = await this.active.read();
      this.#last = { hasConnected: wasChosen || active !== undefined, sessions, active };
      return this.#withFigures(this.#last);
    } catch (failure) {
      this.#last = { hasConnected: wasChosen, sessions: [], failure };
      return this.#last;
    }
  }

  /** Puts a key in use that was just issued, and asks OpenRouter about it. Throws `OpenRouterError`. */
  async connected(session: Session): Promise<KeyInfo> {
    await this.active.choose(session.id);
    await this.shared.writeKey(session.id, undefined); // the figures of the key that it replaced
    return this.#requests.ask(session);
  }

  #withFigures(state: CreditsState): CreditsState {
    const { active } = state;
    if (!active) return state;
    const answer = this.shared.readKey(active.id)?.answer;
    return { ...state, answer, failure: this.#requests.failureOf(active) };
  }

  async #askAndWarn(session: Session): Promise<void> {
    const keyInfo = await this.#requests.ask(session).catch((error: unknown) => {
      const isRefused = error instanceof OpenRouterError && error.details.status === 401;
      if (isRefused && !session.refused) this.host.refused(session);
    }); // the state holds any other error
    if (!keyInfo) return;
    if (session.refused) this.host.accepted(session);
    const warnBelow = this.host.warnBelow();
    for (const alert of creditAlerts(keyInfo, { now: this.host.now(), warnBelow })) {
      const isCredit = alert.kind === "low" || alert.kind === "empty";
      const id = `${session.id}/${session.createdAt}/${alert.id}`;
      const { notified } = this.shared.read();
      if (notified.includes(id) || (isCredit && warnBelow === 0)) continue;
      // Written first, so that it is shown once at most across all windows. The oldest are long over.
      await this.shared.write({ notified: [...notified.slice(-99), id] });
      this.host.warn(session, alert, keyInfo);
    }
  }
}
