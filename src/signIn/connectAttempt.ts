import { SignInCancelled, SignInError } from "./errors";
import type { FlowId } from "./flows";

/**
 * One wish to connect, which the person may follow on several ways at once: what connects first ends the
 * others, a failure ends all, and turning away from one way, or its running out of time, leaves the others open.
 */
export class ConnectAttempt<T> {
  readonly result: Promise<T>;
  readonly #end = new AbortController();
  readonly #running = new Set<FlowId>();
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;

  /** @param signal aborts every way, with its reason */
  constructor(
    private readonly run: (flow: FlowId, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ) {
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const abort = () => this.#end.abort(signal.reason);
    signal.addEventListener("abort", abort, { signal: this.#end.signal });
    if (signal.aborted) abort();
  }

  /** Sets out on a way, unless that is being tried already. */
  async start(flow: FlowId): Promise<void> {
    if (this.#running.has(flow) || this.#end.signal.aborted) return;
    this.#running.add(flow);
    try {
      this.#resolve(await this.run(flow, this.#end.signal));
      this.#end.abort(new SignInCancelled());
    } catch (error) {
      this.#running.delete(flow);
      if (endsThisFlowOnly(error) && this.#running.size > 0) return;
      const { signal } = this.#end;
      this.#reject(signal.aborted ? signal.reason : error); // whatever else failed after a cancel
      this.#end.abort(new SignInCancelled());
    }
  }
}

const endsThisFlowOnly = (error: unknown) =>
  error instanceof SignInCancelled || (error instanceof SignInError && error.failure === "timedOut");
