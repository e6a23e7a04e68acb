import type { Memento, SecretStorage } from "vscode";
import { Emitter } from "./emitter";
import { errorText, type Log } from "./log";
import { parseJson } from "./parseJson";
import { withTimeLimit } from "./timeLimit";

/** Milliseconds until a read or a write counts as failed. */
const timeLimit = 10_000;

/**
 * State that all profiles share, as one secret, though nothing in it is secret: `globalState` belongs to a profile,
 * SecretStorage to the application. Where that can't be read or written, this window goes on with what it has.
 */
export class SecretMemento implements Pick<Memento, "get" | "update"> {
  #state: Record<string, unknown> = {};
  #last: Promise<void> = Promise.resolve();
  readonly #loads = new Emitter<void>();
  /** Fires when it was read, and so whenever another window has written. */
  readonly onDidLoad = this.#loads.event;
  readonly #subscription;

  constructor(
    private readonly secrets: Pick<SecretStorage, "get" | "store" | "onDidChange">,
    private readonly name: string,
    private readonly log: Pick<Log, "warn">,
  ) {
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key === name) void this.load();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Reads what other windows and profiles have written. Until then, there is nothing to get. */
  load(): Promise<void> {
    return this.#next(async () => {
      this.#state = await this.#read();
      this.#loads.fire();
    });
  }

  get<T>(key: string): T | undefined;
  get<T>(key: string, otherwise: T): T;
  get<T>(key: string, otherwise?: T): T | undefined {
    return (this.#state[key] as T | undefined) ?? otherwise;
  }

  /** Resolves when the write has ended, whether or not it succeeded. */
  update(key: string, value: unknown): Promise<void> {
    this.#state = { ...this.#state, [key]: value };
    return this.#next(async () => {
      // Of the other entries, another window may have written later ones.
      const state = { ...(await this.#read()), [key]: value };
      await withTimeLimit(this.secrets.store(this.name, JSON.stringify(state)), timeLimit);
    });
  }

  async #read(): Promise<Record<string, unknown>> {
    const state = parseJson((await withTimeLimit(this.secrets.get(this.name), timeLimit)) ?? "{}");
    return state instanceof Object ? { ...state } : {};
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last
      .then(work)
      .catch((error) => this.log.warn(`Can't keep ${this.name} in SecretStorage: ${errorText(error)}`));
    return this.#last;
  }
}
