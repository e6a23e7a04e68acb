import { Emitter } from "../common/emitter";
import type { KeyInfo } from "../openrouter/keyInfo";
import type { ActiveSession } from "../sessions/activeSession";
import type { Session } from "../sessions/session";
import type { SessionStore } from "../sessions/sessionStore";
import type { CreditsHost, CreditsState } from "./creditsHost";
import { creditAlerts } from "./creditsView";
import { keyRefusal } from "./keyRefusal";
import { KeyRequests } from "./keyRequests";
import type { SharedCredits } from "./sharedCredits";

/** In milliseconds. */
const minute = 60_000;

/**
 * When to ask OpenRouter what is left: on connect, in a focused window whose figures are older than five
 * minutes, and when the user refreshes; at most twelve times an hour across all windows. It also asks whether a
 * withheld key is accepted again.
 */
export class CreditsPolling {
  readonly #changes = new Emitter<CreditsState>();
  /** Fires when there may be something new to show, and each minute, since figures age. */
  readonly onDidChange = this.#changes.event;
  readonly #requests: KeyRequests;
  readonly #subscriptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The sessions as last read, since the end of a request changes only the figures. */
  #last: CreditsState = { hasConnected: false, sessions: [] };

  constructor(
    store: Pick<SessionStore, "onDidChange" | "onDidRead">,
    private readonly active: ActiveSession,
    private readonly shared: SharedCredits,
    private readonly host: CreditsHost,
  ) {
    this.#requests = new KeyRequests(shared, host, () => this.#changes.fire(this.#withFigures(this.#last)));
    this.#subscriptions = [
      store.onDidChange(async ({ added, removed }) => {
        for (const { id } of removed) await shared.forgetKey(id);
        const newest = added.at(-1);
        if (newest) await active.choose(newest.id);
        this.#changes.fire(await this.state());
      }),
      store.onDidRead((sessions) => {
        // The user has connected in another profile.
        const newest = sessions.at(-1);
        if (newest && !active.wasChosen) void this.choose(newest.id);
      }),
    ];
  }

  start(): void {
    // A window without the focus doesn't even read its storage.
    this.#timer = setInterval(() => this.host.isFocused() && this.check(), minute);
    void this.check();
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Called each minute, and when the window gets the focus. */
  async check(): Promise<void> {
    const state = await this.state();
    const { active, sessions } = state;
    const candidates = [...(active ? [active] : []), ...sessions.filter(({ refused }) => refused)];
    const mayAsk = this.host.isFocused() && this.host.isWanted();
    const due = mayAsk && candidates.find((session) => this.#requests.isDue(session));
    if (due) return this.#askAndWarn(due);
    this.#changes.fire(state);
  }

  /** Asks at the user's request, unless `retryAfter` forbids it. The result is in the next state. */
  async refresh(session: Session): Promise<void> {
    if (this.#requests.retryAfter === 0) await this.#askAndWarn(session);
  }

  /**
   * OpenRouter rejected a model's request with the session's key (401): asks about the key. So there is one reaction
   * to a 401, whoever meets it.
   */
  suspect(session: Session): Promise<void> {
    return this.askAgain(session);
  }

  /** Asks now that there is a reason, unless that was done within the last minute, or `retryAfter` forbids it. */
  async askAgain(session: Session): Promise<void> {
    await this.shared.ready;
    if (this.#requests.maySuspect(session)) await this.#askAndWarn(session);
  }

  /** The session's key has paid for a request to a model, in USD: shows that at once, and asks about it soon. */
  async paid(session: Session, usd: number): Promise<void> {
    this.#requests.paid(session, usd);
    await this.check();
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
    await this.shared.ready;
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
    await this.shared.ready;
    return this.#requests.ask(session);
  }

  /** The user of a key that was just issued, before its session is stored; undefined if that can't be found out. */
  async findUser(session: Session): Promise<string | undefined> {
    await this.shared.ready;
    return this.#requests.findUser(session);
  }

  #withFigures(state: CreditsState): CreditsState {
    const { active } = state;
    if (!active) return state;
    const record = this.#requests.figuresOf(active);
    const refusal = keyRefusal(active, record);
    return { ...state, answer: record?.answer, refusal, failure: this.#requests.failureOf(active) };
  }

  async #askAndWarn(session: Session): Promise<void> {
    // The state holds any error. If a change of the key can't be stored, the next request tries again.
    const keyInfo = await this.#requests.ask(session).catch(() => undefined);
    if (!keyInfo) return this.#withholdIfRefused(session).catch(() => {});
    if (session.refused) await this.host.release(session).catch(() => {});
    const warnBelow = this.host.warnBelow();
    const now = this.host.now();
    for (const alert of creditAlerts(keyInfo, { now, at: now, warnBelow })) {
      if (alert.kind === "empty" && warnBelow === 0) continue;
      if (await this.#isFirst(session, alert.id)) this.host.warn(session, alert, keyInfo);
    }
  }

  async #withholdIfRefused(session: Session): Promise<void> {
    const record = this.shared.readKey(session);
    if (session.refused || keyRefusal(session, record) !== "confirmed") return;
    await this.host.withhold(session);
    if (await this.#isFirst(session, `refused/${record?.answer?.at}`)) this.host.warnOfRefusal(session);
  }

  /** True once for each key and id, across all windows. The oldest are long over. */
  async #isFirst({ id, createdAt }: Session, what: string): Promise<boolean> {
    const { notified } = this.shared.read();
    const entry = `${id}/${createdAt}/${what}`;
    if (notified.includes(entry)) return false;
    await this.shared.write({ notified: [...notified.slice(-99), entry] });
    return true;
  }
}
