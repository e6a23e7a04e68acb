import { Emitter } from "../emitter";
import { concerns } from "../openrouter/credits";
import { OpenRouterError } from "../openrouter/errors";
import type { KeyInformation } from "../openrouter/keyInformation";
import type { Session } from "../session";
import type { SessionStore } from "../sessionStore";
import type { CreditsState, PollingHost } from "./pollingHost";
import { RequestBudget } from "./requestBudget";
import type { SharedCredits } from "./sharedCredits";

/** In milliseconds, both. */
const minute = 60_000;
const maximumAge = 5 * minute;

/**
 * When to ask OpenRouter what is left: on connect, in a focused window whose figures are older than five
 * minutes, and when the person wants it; at most twelve times an hour in all windows together.
 */
export class CreditsPolling {
  readonly #changes = new Emitter<void>();
  /** Fires when there may be something new to see, and each minute, since figures age. */
  readonly onDidChange = this.#changes.event;
  readonly #asking = new Map<string, Promise<KeyInformation>>();
  readonly #failures = new Map<string, unknown>();
  readonly #budget: RequestBudget;
  readonly #subscription;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly store: Pick<SessionStore, "list" | "onDidChange">,
    private readonly shared: SharedCredits,
    private readonly host: PollingHost,
  ) {
    this.#budget = new RequestBudget(shared, host.now);
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
      if (shown && this.#isDue(shown)) return this.#askAndWarn(shown);
    }
    this.#changes.fire();
  }

  /** Asks because the person wants it, unless `wait` says no. How it ends is in the state. */
  async refresh(): Promise<void> {
    const { shown } = await this.state();
    if (shown && this.#budget.wait === 0) await this.#askAndWarn(shown);
  }

  async show(id: string): Promise<void> {
    await this.shared.write({ shown: id });
    await this.check();
  }

  /** Milliseconds until a refresh may be made. */
  get wait(): number {
    return this.#budget.wait;
  }

  /** Reads no secret before the person has connected once, unless told to. */
  async state({ evenIfNeverConnected = false } = {}): Promise<CreditsState> {
    const { hasConnected, shown: id } = this.shared.read();
    if (!hasConnected && !evenIfNeverConnected) return { hasConnected, sessions: [] };
    try {
      const sessions = await this.store.list();
      if (!hasConnected && sessions.length > 0) await this.shared.write({ hasConnected: true });
      const shown = sessions.find((session) => session.id === id) ?? sessions.at(-1);
      return {
        hasConnected,
        sessions,
        shown,
        answer: shown && this.shared.readKey(shown.id)?.answer,
        failure: shown && this.#failures.get(shown.id),
      };
    } catch (failure) {
      return { hasConnected, sessions: [], failure };
    }
  }

  /** Shows a key that was issued just now, and asks what came of it. Throws `OpenRouterError`. */
  async connected(session: Session): Promise<KeyInformation> {
    await this.shared.write({ hasConnected: true, shown: session.id });
    await this.shared.writeKey(session.id, undefined); // figures of the key that it replaced
    return this.ask(session);
  }

  /**
   * Asks whatever the hour's number of requests and the focus are: after connecting the browser is in
   * front, and the terms must be checked. Throws `OpenRouterError`.
   */
  ask(session: Session): Promise<KeyInformation> {
    const asking = this.#asking.get(session.key) ?? this.#ask(session);
    this.#asking.set(session.key, asking);
    return asking;
  }

  async #ask(session: Session): Promise<KeyInformation> {
    const { id, key } = session;
    try {
      // Written before the request, so that no other window makes the same.
      const askedAt = this.host.now();
      await Promise.all([
        this.#budget.spend(),
        this.shared.writeKey(id, { ...this.shared.readKey(id), askedAt }),
      ]);
      const information = await this.host.ask(session);
      this.#failures.delete(id);
      await this.#budget.succeeded();
      // Of a key that was disconnected meanwhile nothing is kept.
      const isKnown = this.shared.readKey(id) !== undefined;
      if (isKnown) await this.shared.writeKey(id, { askedAt, answer: { at: this.host.now(), information } });
      return information;
    } catch (error) {
      this.#failures.set(id, error);
      await this.#budget.failed(error);
      throw error;
    } finally {
      this.#asking.delete(key);
      this.#changes.fire();
    }
  }

  async #askAndWarn(session: Session): Promise<void> {
    const information = await this.ask(session).catch((error: unknown) => {
      const isRefused = error instanceof OpenRouterError && error.details.status === 401;
      if (isRefused && !session.refused) this.host.refused(session);
    }); // the state tells the rest
    if (!information) return;
    const warnBelow = this.host.warnBelow();
    for (const concern of concerns(information, { now: this.host.now(), warnBelow })) {
      const isCredit = concern.kind === "low" || concern.kind === "empty";
      const id = `${session.id}/${session.createdAt}/${concern.id}`;
      const { told } = this.shared.read();
      if (told.includes(id) || (isCredit && warnBelow === 0)) continue;
      // Written first: once at most, in all windows together. The oldest are of periods long over.
      await this.shared.write({ told: [...told.slice(-99), id] });
      this.host.warn(session, concern, information);
    }
  }

  #isDue({ id, refused }: Session): boolean {
    if (refused) return false;
    const askedAt = this.shared.readKey(id)?.askedAt;
    // A clock that was set back makes a time in the future, which says nothing.
    const age = askedAt === undefined ? undefined : Math.abs(this.host.now() - askedAt);
    return this.#budget.wait === 0 && (age === undefined || age > maximumAge);
  }
}
