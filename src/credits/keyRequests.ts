import { getCurrentKey } from "../openrouter/client";
import { OpenRouterError } from "../openrouter/errors";
import type { KeyInfo } from "../openrouter/keyInfo";
import type { Session } from "../sessions/session";
import type { CreditsHost } from "./creditsHost";
import { isDue, isOlderThanCheck } from "./keyRefusal";
import { Payments } from "./payments";
import { RequestBudget } from "./requestBudget";
import type { KeyRecord, SharedCredits } from "./sharedCredits";

/** In milliseconds. */
const minute = 60_000;

/** Asks OpenRouter about keys, with one request per key at a time, and shares the responses with other windows. */
export class KeyRequests {
  readonly #asking = new Map<string, Promise<KeyInfo>>();
  /** Responses about keys that were just issued, by key, for the first `ask`. */
  readonly #responses = new Map<string, KeyInfo>();
  /** By key, in milliseconds since the epoch. */
  readonly #failures = new Map<string, { readonly error: unknown; readonly at: number }>();
  readonly #payments = new Payments();
  readonly #budget: RequestBudget;

  constructor(
    private readonly shared: SharedCredits,
    private readonly host: Pick<CreditsHost, "now" | "request" | "learnUser">,
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
  failureOf(session: Session): unknown {
    const failure = this.#failures.get(session.key);
    const answeredAt = this.shared.readKey(session)?.answer?.at ?? Number.NEGATIVE_INFINITY;
    return failure && answeredAt <= failure.at ? failure.error : undefined;
  }

  /** Whether it is time to ask about the session's key, and the budget allows a request. */
  isDue(session: Session): boolean {
    if (this.#budget.retryAfter > 0) return false;
    const record = this.shared.readKey(session);
    const now = this.host.now();
    return isDue(session, record, now) || (this.#isOutdated(session, record) && this.#budget.hasSpare);
  }

  /** The session's key has paid for a request to a model, in USD. */
  paid(session: Session, usd: number): void {
    this.#payments.add(session.id, { at: this.host.now(), usd }, this.shared.readKey(session)?.askedAt);
  }

  /** What is known of the session's key, with what it has paid for since OpenRouter was asked. */
  figuresOf(session: Session): KeyRecord | undefined {
    const record = this.shared.readKey(session);
    if (!record?.answer) return record;
    const keyInfo = this.#payments.addTo(record.answer.keyInfo, session.id, record.askedAt);
    return { ...record, answer: { ...record.answer, keyInfo } };
  }

  /** Whether to ask about the session's key now that there is a reason, and the budget allows a request. */
  maySuspect(session: Session): boolean {
    return this.#budget.retryAfter === 0 && isOlderThanCheck(this.shared.readKey(session), this.host.now());
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

  /** The user of a key that was just issued, before its session is stored; undefined if that can't be found out. */
  async findUser({ key, baseUrl }: Session): Promise<string | undefined> {
    await this.#budget.spend();
    const request = getCurrentKey(key, { ...this.host.request, baseUrl });
    const keyInfo = await request.catch(() => undefined); // the log has the request
    if (keyInfo) this.#responses.set(key, keyInfo);
    return keyInfo?.creatorUserId || undefined;
  }

  /** Whether the key has paid for something since the last request about it, which is a minute ago or more. */
  #isOutdated({ id }: Session, record: KeyRecord | undefined): boolean {
    if (!record || record.refusals || !this.#payments.has(id, record.askedAt)) return false;
    return this.host.now() - record.askedAt >= minute;
  }

  async #ask(session: Session): Promise<KeyInfo> {
    const { key } = session;
    const askedAt = this.host.now();
    try {
      // Written before the request, so that no other window makes it as well.
      const noted = this.shared.writeKey(session, { ...this.shared.readKey(session), askedAt });
      const keyInfo = this.#responses.get(key) ?? (await this.#request(session, noted));
      this.#failures.delete(key);
      await this.#budget.succeeded();
      // Nothing is kept about a key that was disconnected in the meantime.
      const isKnown = this.shared.readKey(session) !== undefined;
      if (isKnown) await this.shared.writeKey(session, { askedAt, answer: { at: this.host.now(), keyInfo } });
      if (keyInfo.creatorUserId && !session.userId) await this.host.learnUser(session, keyInfo.creatorUserId);
      return keyInfo;
    } catch (error) {
      this.#failures.set(key, { error, at: this.host.now() });
      await this.#budget.failed(error);
      if (isRefusal(error)) await this.#countRefusal(session, askedAt);
      throw error;
    } finally {
      this.#asking.delete(key);
      this.#responses.delete(key);
      this.ended();
    }
  }

  async #request({ key, baseUrl }: Session, noted: Promise<void>): Promise<KeyInfo> {
    await Promise.all([this.#budget.spend(), noted]);
    return getCurrentKey(key, { ...this.host.request, baseUrl });
  }

  async #countRefusal(session: Session, at: number): Promise<void> {
    const record = this.shared.readKey(session);
    if (!record) return; // disconnected in the meantime
    const count = (record.refusals?.count ?? 0) + 1;
    await this.shared.writeKey(session, { ...record, refusals: { count, at } });
  }
}

const isRefusal = (error: unknown) => error instanceof OpenRouterError && error.details.status === 401;
