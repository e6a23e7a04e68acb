import type { Memento } from "vscode";

/** When the session's key was stored, in milliseconds since the epoch; or that it was removed. */
type Entry = number | "removed";

/**
 * The ids of all sessions, in `globalState`. In a browser, windows share that at once, but each reads SecretStorage
 * only when it opens, and then writes all of it back (VS Code's `LocalStorageSecretStorageProvider`). With the
 * index, a window can tell a hidden session from one that doesn't exist.
 */
export class SessionIndex {
  /** @param needed false where windows share SecretStorage itself, as on the desktop: then nothing is noted. */
  constructor(
    private readonly globalState: Pick<Memento, "get" | "update">,
    readonly needed: boolean,
  ) {}

  entries(): Record<string, Entry> {
    return this.needed ? this.globalState.get<Record<string, Entry>>("sessions", {}) : {};
  }

  async note(id: string, entry: Entry): Promise<void> {
    if (this.needed) await this.globalState.update("sessions", { ...this.entries(), [id]: entry });
  }
}
