import type { KeyInfo } from "../openrouter/keyInfo";

interface Payment {
  /** When the request to a model ended, in milliseconds since the epoch. */
  readonly at: number;
  readonly usd: number;
}

/** What keys paid for in this window, until OpenRouter's figures have it. By the ids of sessions. */
export class Payments {
  readonly #payments = new Map<string, readonly Payment[]>();

  /** @param askedAt when OpenRouter was last asked about the key, in milliseconds since the epoch */
  add(session: string, payment: Payment, askedAt: number | undefined): void {
    this.#payments.set(session, [...this.#since(session, askedAt), payment]);
  }

  /** Whether the key has paid for something since OpenRouter was asked. */
  has(session: string, askedAt: number): boolean {
    return this.#since(session, askedAt).length > 0;
  }

  /** OpenRouter's figures with what was paid for since. */
  addTo(keyInfo: KeyInfo, session: string, askedAt: number): KeyInfo {
    const usd = this.#since(session, askedAt).reduce((total, payment) => total + payment.usd, 0);
    if (usd === 0) return keyInfo;
    const plus = (figure: number | null | undefined) => (typeof figure === "number" ? figure + usd : figure);
    const { limitRemaining } = keyInfo;
    return {
      ...keyInfo,
      limitRemaining: typeof limitRemaining === "number" ? limitRemaining - usd : limitRemaining,
      usageDaily: plus(keyInfo.usageDaily),
      usageWeekly: plus(keyInfo.usageWeekly),
      usageMonthly: plus(keyInfo.usageMonthly),
    };
  }

  #since(session: string, askedAt = Number.NEGATIVE_INFINITY): readonly Payment[] {
    return (this.#payments.get(session) ?? []).filter(({ at }) => at >= askedAt);
  }
}
