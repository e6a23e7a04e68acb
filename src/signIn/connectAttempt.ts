import { SignInCanceled, SignInError } from "./errors";
import type { FlowId } from "./flows";

/**
 * One attempt to connect, for which the user can start several flows. The first that connects ends the others, and so
 * does one that fails; canceling one flow, or its timeout, leaves the others open.
 */
export class ConnectAttempt<T> {
  readonly result: Promise<T>;
  readonly #end = new AbortController();
  readonly #running = new Set<FlowId>();
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;

  /** @param signal aborts all flows, with its reason */
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

  /** Ends the attempt with what connected elsewhere. */
  adopt(value: T): void {
    this.#resolve(value);
    this.#end.abort(new SignInCanceled());
  }

  /** Starts a flow, unless it is running already. */
  async start(flow: FlowId): Promise<void> {
    if (this.#running.has(flow) || this.#end.signal.aborted) return;
    this.#running.add(flow);
    try {
      this.#resolve(await this.run(flow, this.#end.signal));
      this.#end.abort(new SignInCanceled());
    } catch (error) {
      this.#running.delete(flow);
      if (endsThisFlowOnly(error) && this.#running.size > 0) return;
      const { signal } = this.#end;
      this.#reject(signal.aborted ? signal.reason : error); // a cancel counts, whatever failed after it
      this.#end.abort(new SignInCanceled());
    }
  }
}

const endsThisFlowOnly = (error: unknown) =>
  error instanceof SignInCanceled || (error instanceof SignInError && error.failure === "timedOut");
