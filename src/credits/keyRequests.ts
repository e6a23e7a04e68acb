import { getCurrentKey } from "../openrouter/client";
import type { KeyInfo } from "../openrouter/keyInfo";
import type { Session } from "../sessions/session";
import type { CreditsHost } from "./creditsHost";
import { RequestBudget } from "./requestBudget";
import type { SharedCredits } from "./sharedCredits";

/** In milliseconds. */
const maximumAge = 5 * 60_000;

/** Asks OpenRouter about keys, with one request per key at a time, and shares the responses with other windows. */
export class KeyRequests {
  readonly #asking = new Map<string, Promise<KeyInfo>>();
  /** By key, in milliseconds since the epoch. */
  readonly #failures = new Map<string, { readonly error: unknown; readonly at: number }>();
  readonly #budget: RequestBudget;

  constructor(
    private readonly shared: SharedCredits,
    private readonly host: Pick<CreditsHost, "now" | "request">,
    /** Called when a request has ended, successfully or not. */
    private readonly ended: () => void,
  ) {
    this.#budget = new RequestBudget(shared, host.now);
  }

  /** Milliseconds until a refresh is possible. */
  get retryAfter(): number {
    return this.#budget.retryAfter;
  }

  /** Why the last request about this session's key failed, if it did, and no window has had a response since. */
  failureOf({ id, key }: Session): unknown {
    const failure = this.#failures.get(key);
    const answeredAt = this.shared.readKey(id)?.answer?.at ?? Number.NEGATIVE_INFINITY;
    return failure && answeredAt <= failure.at ? failure.error : undefined;
  }

  /** Whether the figures of the key are older than five minutes, and the budget allows a request. */
  isDue({ id, refused }: Session): boolean {
    if (refused) return false;
    const askedAt = this.shared.readKey(id)?.askedAt;
    // After the clock was set back, a time may be in the future, and says nothing.
    const age = askedAt === undefined ? undefined : Math.abs(this.host.now() - askedAt);
    return this.#budget.retryAfter === 0 && (age === undefined || age > maximumAge);
  }

  /**
   * Asks regardless of the budget and the focus: after connecting, the browser is in front, and the terms must be
   * checked. Throws `OpenRouterError`.
   */
  ask(session: Session): Promise<KeyInfo> {
    const asking = this.#asking.get(session.key) ?? this.#ask(session);
    this.#asking.set(session.key, asking);
    return asking;
  }

  async #ask(session: Session): Promise<KeyInfo> {
    const { id, key, baseUrl } = session;
    try {
      // Written before the request, so that no other window makes it as well.
      const askedAt = this.host.now();
      await Promise.all([
        this.#budget.spend(),
        this.shared.writeKey(id, { ...this.shared.readKey(id), askedAt }),
      ]);
      const keyInfo = await getCurrentKey(key, { ...this.host.request, baseUrl });
      this.#failures.delete(key);
      await this.#budget.succeeded();
      // Nothing is kept about a key that was disconnected in the meantime.
      const isKnown = this.shared.readKey(id) !== undefined;
      if (isKnown) await this.shared.writeKey(id, { askedAt, answer: { at: this.host.now(), keyInfo } });
      return keyInfo;
    } catch (error) {
      this.#failures.set(key, { error, at: this.host.now() });
      await this.#budget.failed(error);
      throw error;
    } finally {
      this.#asking.delete(key);
      this.ended();
    }
  }
}
