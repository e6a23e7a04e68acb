import { OpenRouterError } from "../openrouter/errors";
import { longestWait } from "../openrouter/retryAfter";
import type { SharedCredits } from "./sharedCredits";

/** All in milliseconds. */
const hour = 60 * 60_000;
const firstBackOff = 10 * 60_000;
const requestsPerHour = 12;
const leftToUser = 3;

/** How often OpenRouter may be asked across all windows: 12 times an hour, and not while it asks for a pause. */
export class RequestBudget {
  constructor(
    private readonly shared: SharedCredits,
    /** Milliseconds since the epoch. */
    private readonly now: () => number,
  ) {}

  /** Milliseconds until the next request is allowed. */
  get retryAfter(): number {
    const { backOff } = this.shared.read();
    const requests = this.#lastHour();
    const [oldest = 0] = requests;
    const now = this.now();
    return Math.max(
      0,
      requests.length < requestsPerHour ? 0 : oldest + hour + 1 - now,
      // After the clock was set back, a time may be far in the future, and says nothing.
      backOff && backOff.until - now <= backOff.length ? backOff.until - now : 0,
    );
  }

  /** Whether there are more than those that are left to the user, who can refresh. */
  get hasSpare(): boolean {
    return this.#lastHour().length < requestsPerHour - leftToUser;
  }

  /** Counts a request that is about to be made. */
  async spend(): Promise<void> {
    await this.shared.write({ requests: [...this.#lastHour(), this.now()] });
  }

  /** OpenRouter responded, so it no longer asks for a pause. */
  async succeeded(): Promise<void> {
    if (this.shared.read().backOff) await this.shared.write({ backOff: undefined });
  }

  /** Pauses after 429 and 503 for as long as OpenRouter says, or else for twice as long as the last time. */
  async failed(error: unknown): Promise<void> {
    if (!(error instanceof OpenRouterError)) return;
    const { status, retryAfter } = error.details;
    if (status !== 429 && status !== 503) return;
    const last = this.shared.read().backOff?.length || firstBackOff / 2; // doubling nothing would never wait
    const length = Math.min(retryAfter ?? Math.min(2 * last, hour), longestWait);
    await this.shared.write({ backOff: { until: this.now() + length, length } });
  }

  #lastHour(): number[] {
    const now = this.now();
    return this.shared.read().requests.filter((time) => time <= now && now - time <= hour);
  }
}
