import type { Memento } from "vscode";
import { Emitter } from "../../src/common/emitter";
import type { Secrets } from "../../src/sessions/secretCollection";
import { SessionIndex } from "../../src/sessions/sessionIndex";

/** For a desktop, whose windows share the secrets and need no index. */
export const noIndex = new SessionIndex({ get: () => undefined, update: async () => {} }, false, 0);

type Action = "get" | "store" | "delete" | "keys";

/** VS Code's error if the secret storage can't list keys, as with some web hosts. */
export const keysNotSupported = "Secret storage provider does not support keys() method";

/** SecretStorage shared by several windows: what one writes, all can read, and all are notified. */
export class FakeSecretStorage {
  /**
   * @param canList whether `keys()` works: "missing" as in VS Code 1.104, or "unsupported" as in a browser whose
   *   host provides its own secret storage
   */
  constructor(private readonly canList: "yes" | "missing" | "unsupported" = "yes") {}

  readonly stored = new Map<string, string>();
  /** Called before each action with the number of its window. Tests make it throw to fail, or wait to delay. */
  interfere: (action: Action, key: string, window: number) => void | Promise<void> = () => {};
  readonly #changes = new Emitter<{ key: string }>();
  #windows = 0;
  /** The number of change listeners. */
  listeners = 0;

  /** The SecretStorage of another window. */
  window(): Secrets {
    const window = this.#windows++;
    const act = async <R>(action: Action, key: string, work: () => R): Promise<R> => {
      await this.interfere(action, key, window);
      return work();
    };
    const keys = async () => {
      if (this.canList === "unsupported") throw new Error(keysNotSupported);
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
 * SecretStorage and `globalState` of windows in a browser: each window reads all secrets when it opens and writes
 * its whole copy back. Only `globalState` is shared immediately, by the windows of one profile.
 */
export class FakeBrowser {
  #secrets: ReadonlyMap<string, string> = new Map();
  readonly #states = new Map<string, Map<string, unknown>>();

  /** The site data was cleared, or can no longer be decrypted. */
  clearSecrets(): void {
    this.#secrets = new Map();
  }

  /** @param openedAt in milliseconds since the epoch */
  window(openedAt = 0, profile = "default"): { secrets: Secrets; index: SessionIndex } {
    const own = new Map(this.#secrets);
    const state = this.#states.get(profile) ?? new Map<string, unknown>();
    this.#states.set(profile, state);
    const changes = new Emitter<{ key: string }>();
    const save = (key: string) => {
      this.#secrets = new Map(own);
      changes.fire({ key });
    };
    const globalState = {
      get: <T>(key: string, fallback?: T) => (state.get(key) as T | undefined) ?? fallback,
      update: async (key: string, value: unknown) => void state.set(key, value),
    } satisfies Pick<Memento, "get" | "update">;
    return {
      index: new SessionIndex(globalState, true, openedAt),
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
