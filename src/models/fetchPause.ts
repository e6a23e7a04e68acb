import { isObject } from "../common/isObject";
import type { Session } from "../sessions/session";

/** Milliseconds to wait after the first failure, which doubles with each, and at most. */
const [firstWait, longestWait] = [60_000, 60 * 60_000];

interface Failure {
  readonly count: number;
  /** Until when nothing is fetched, in milliseconds since the epoch, and how long that is. */
  readonly until: number;
  readonly length: number;
}

/** Waits longer and longer while fetches fail, for each key, so that not every call makes a request. */
export class FetchPause {
  /** By keys, since another key may do better. */
  readonly #failures = new Map<string, Failure>();

  constructor(
    /** Milliseconds since the epoch. */
    private readonly now: () => number,
  ) {}

  applies({ key }: Session): boolean {
    const failure = this.#failures.get(key);
    if (!failure) return false;
    const left = failure.until - this.now();
    // After the clock was set back, a time may be far in the future, and says nothing.
    return left > 0 && left <= failure.length;
  }

  succeeded({ key }: Session): void {
    this.#failures.delete(key);
  }

  /** Returns the status that OpenRouter answered, if it did. */
  failed({ key }: Session, error: unknown): number | undefined {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const { status, retryAfter } = errorDetails(error);
    const length = retryAfter ?? Math.min(firstWait * 2 ** (count - 1), longestWait);
    this.#failures.set(key, { count, until: this.now() + length, length });
    return status;
  }
}

/** Of an `OpenRouterError`, whose class is another one in the services' bundle. */
function errorDetails(error: unknown): { readonly status?: number; readonly retryAfter?: number } {
  const details =
    error instanceof Error && "details" in error && isObject(error.details) ? error.details : {};
  const { status, retryAfter } = details;
  return {
    ...(typeof status === "number" && { status }),
    ...(typeof retryAfter === "number" && { retryAfter }),
  };
}
