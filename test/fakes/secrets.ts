import type { Memento } from "vscode";
import { Emitter } from "../../src/common/emitter";
import type { Secrets } from "../../src/sessions/secretCollection";
import { SessionIndex } from "../../src/sessions/sessionIndex";

/** Of a desktop, whose windows share the secrets. */
export const noIndex = new SessionIndex({ get: () => undefined, update: async () => {} }, false);

type Action = "get" | "store" | "delete" | "keys";

/** What VS Code says where a secret store has no list, as that of a browser's host may. */
export const noList = "Secret storage provider does not support keys() method";

/** SecretStorage as several windows share it: what one writes, all read, and all are told of. */
export class FakeSecretStorage {
  /** @param canList "missing" is VS Code 1.104, "unsupported" a browser whose own secret store has no list */
  constructor(private readonly canList: "yes" | "missing" | "unsupported" = "yes") {}

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
    const keys = async () => {
      if (this.canList === "unsupported") throw new Error(noList);
      return act("keys", "", () => [...this.stored.keys()]);
    };
    return {
      ...(this.canList !== "missing" && { keys }),
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

/**
 * SecretStorage and `globalState` as windows in a browser have them: each reads all secrets as it opens and
 * writes all of its own back, and only `globalState` is shared at once.
 */
export class FakeBrowser {
  #secrets: ReadonlyMap<string, string> = new Map();
  readonly #state = new Map<string, unknown>();

  window(): { secrets: Secrets; index: SessionIndex } {
    const own = new Map(this.#secrets);
    const changes = new Emitter<{ key: string }>();
    const save = (key: string) => {
      this.#secrets = new Map(own);
      changes.fire({ key });
    };
    const globalState = {
      get: <T>(key: string, otherwise?: T) => (this.#state.get(key) as T | undefined) ?? otherwise,
      update: async (key: string, value: unknown) => void this.#state.set(key, value),
    } satisfies Pick<Memento, "get" | "update">;
    return {
      index: new SessionIndex(globalState, true),
      secrets: {
        onDidChange: (listener) => changes.event(listener),
        keys: async () => [...own.keys()],
        get: async (key) => own.get(key),
        store: async (key, value) => {
          own.set(key, value);
          save(key);
        },
        delete: async (key) => {
          own.delete(key);
          save(key);
        },
      },
    };
  }
}
