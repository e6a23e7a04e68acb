import { Emitter } from "../common/emitter";
import { OpenRouterError } from "../openrouter/errors";
import type { KeyInfo } from "../openrouter/keyInfo";
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
 * minutes, and when the person wants it; at most twelve times an hour in all windows together.
 */
export class CreditsPolling {
  readonly #changes = new Emitter<void>();
  /** Fires when there may be something new to see, and each minute, since figures age. */
  readonly onDidChange = this.#changes.event;
  readonly #requests: KeyRequests;
  readonly #subscription;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly store: Pick<SessionStore, "current" | "onDidChange">,
    private readonly shared: SharedCredits,
    private readonly host: CreditsHost,
  ) {
    this.#requests = new KeyRequests(shared, host, () => this.#changes.fire());
    this.#subscription = store.onDidChange(async ({ added, removed }) => {
      for (const { id } of removed) await shared.writeKey(id, undefined);
      const shown = added.at(-1)?.id;
      if (shown) await shared.write({ hasConnected: true, shown });
      this.#changes.fire();
    });
  }

  start(): void {
    // A window that nobody looks at doesn't even read what it knows.
    this.#timer = setInterval(() => this.host.isFocused() && this.check(), minute);
    void this.check();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscription.dispose();
  }

  /** Called each minute, and when the window gets the focus. */
  async check(): Promise<void> {
    if (this.host.isFocused() && this.host.isWanted()) {
      const { shown } = await this.state();
      if (shown && this.#requests.isDue(shown)) return this.#askAndWarn(shown);
    }
    this.#changes.fire();
  }

  /** Asks because the person wants it, unless `retryAfter` says no. How it ends is in the state. */
  async refresh(): Promise<void> {
    const { shown } = await this.state();
    if (shown && this.#requests.retryAfter === 0) await this.#askAndWarn(shown);
  }

  async show(id: string): Promise<void> {
    await this.shared.write({ shown: id });
    await this.check();
  }

  /** Milliseconds until a refresh may be made. */
  get retryAfter(): number {
    return this.#requests.retryAfter;
  }

  /** Reads no secret before the person has connected once, unless told to. */
  async state({ evenIfNeverConnected = false } = {}): Promise<CreditsState> {
    const { hasConnected, shown: id } = this.shared.read();
    if (!hasConnected && !evenIfNeverConnected) return { hasConnected, sessions: [] };
    try {
      const sessions = await this.store.current();
      if (!hasConnected && sessions.length > 0) await this.shared.write({ hasConnected: true });
      const shown = sessions.find((session) => session.id === id) ?? sessions.at(-1);
      return {
        hasConnected,
        sessions,
        shown,
        answer: shown && this.shared.readKey(shown.id)?.answer,
        failure: shown && this.#requests.failureOf(shown),
      };
    } catch (failure) {
      return { hasConnected, sessions: [], failure };
    }
  }

  /** Shows a key that was issued just now, and asks what came of it. Throws `OpenRouterError`. */
  async connected(session: Session): Promise<KeyInfo> {
    await this.shared.write({ hasConnected: true, shown: session.id });
    await this.shared.writeKey(session.id, undefined); // figures of the key that it replaced
    return this.#requests.ask(session);
  }

  async #askAndWarn(session: Session): Promise<void> {
    const keyInfo = await this.#requests.ask(session).catch((error: unknown) => {
      const isRefused = error instanceof OpenRouterError && error.details.status === 401;
      if (isRefused && !session.refused) this.host.refused(session);
    }); // the state tells the rest
    if (!keyInfo) return;
    if (session.refused) this.host.accepted(session);
    const warnBelow = this.host.warnBelow();
    for (const alert of creditAlerts(keyInfo, { now: this.host.now(), warnBelow })) {
      const isCredit = alert.kind === "low" || alert.kind === "empty";
      const id = `${session.id}/${session.createdAt}/${alert.id}`;
      const { told } = this.shared.read();
      if (told.includes(id) || (isCredit && warnBelow === 0)) continue;
      // Written first: once at most, in all windows together. The oldest are of periods long over.
      await this.shared.write({ told: [...told.slice(-99), id] });
      this.host.warn(session, alert, keyInfo);
    }
  }
}
