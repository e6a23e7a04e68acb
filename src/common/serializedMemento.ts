import type { Memento } from "vscode";

/**
 * `globalState`, one write after the other. VS Code sends each write back to the window that made it, as the whole
 * state: a write of another key that was made in the meantime would be lost.
 */
export class SerializedMemento implements Pick<Memento, "get" | "update"> {
  readonly #waiting = new Map<string, { value: unknown }>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly state: Pick<Memento, "get" | "update">) {}

  get<T>(key: string): T | undefined;
  get<T>(key: string, otherwise: T): T;
  get<T>(key: string, otherwise?: T): T | undefined {
    const waiting = this.#waiting.get(key);
    if (!waiting) return this.state.get<T | undefined>(key, otherwise);
    return (waiting.value as T | undefined) ?? otherwise;
  }

  update(key: string, value: unknown): Promise<void> {
    const write = { value };
    this.#waiting.set(key, write);
    const next = this.#last.then(async () => {
      try {
        await this.state.update(key, value);
      } finally {
        if (this.#waiting.get(key) === write) this.#waiting.delete(key);
      }
    });
    this.#last = next.catch(() => {});
    return next;
  }
}
