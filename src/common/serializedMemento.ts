import type { Memento } from "vscode";
import { errorText, type Log } from "./log";
import { withTimeLimit } from "./timeLimit";

/** Milliseconds until a write counts as failed, so that the next ones go ahead. */
const timeLimit = 10_000;

/**
 * `globalState`, one write after the other. VS Code sends each write back to the window that made it, as the whole
 * state: a write of another key that was made in the meantime would be lost. A write that fails is logged, and this
 * window goes on with its value: nothing here is worth more than what the user is doing.
 */
export class SerializedMemento implements Pick<Memento, "get" | "update"> {
  /** The values of writes that have yet to succeed. */
  readonly #waiting = new Map<string, { value: unknown }>();
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly log: Pick<Log, "warn">,
  ) {}

  get<T>(key: string): T | undefined;
  get<T>(key: string, otherwise: T): T;
  get<T>(key: string, otherwise?: T): T | undefined {
    const waiting = this.#waiting.get(key);
    if (!waiting) return this.state.get<T | undefined>(key, otherwise);
    return (waiting.value as T | undefined) ?? otherwise;
  }

  /** Resolves when the write has ended, whether or not it succeeded. */
  update(key: string, value: unknown): Promise<void> {
    const write = { value };
    this.#waiting.set(key, write);
    this.#last = this.#last.then(async () => {
      try {
        await withTimeLimit(this.state.update(key, value), timeLimit);
        if (this.#waiting.get(key) === write) this.#waiting.delete(key);
      } catch (error) {
        this.log.warn(`Can't write ${key} to the global state: ${errorText(error)}`);
      }
    });
    return this.#last;
  }
}
