import { Emitter } from "../../src/emitter";
import type { Secrets } from "../../src/secretCollection";

type Action = "get" | "store" | "delete";

/** SecretStorage as several windows share it: what one writes, all read, and all are told of. */
export class FakeSecretStorage {
  readonly stored = new Map<string, string>();
  /** Throws to fail, waits to delay: called before each action, with the window that does it. */
  interfere: (action: Action, key: string, window: number) => void | Promise<void> = () => {};
  readonly #changes = new Emitter<{ key: string }>();
  #windows = 0;
  /** How many listen for changes. */
  listeners = 0;

  /** The SecretStorage of one more window. */
  window(): Secrets {
    const window = this.#windows++;
    const act = async <R>(action: Action, key: string, work: () => R): Promise<R> => {
      await this.interfere(action, key, window);
      return work();
    };
    return {
      onDidChange: (listener) => {
        const subscription = this.#changes.event(listener);
        this.listeners++;
        return {
          dispose: () => {
            subscription.dispose();
            this.listeners--;
          },
        };
      },
      get: (key) => act("get", key, () => this.stored.get(key)),
      store: (key, value) =>
        act("store", key, () => {
          this.stored.set(key, value);
          this.#changes.fire({ key });
        }),
      delete: (key) =>
        act("delete", key, () => {
          if (this.stored.delete(key)) this.#changes.fire({ key });
        }),
    };
  }
}
