import type { Memento } from "vscode";

/** What the index knows of a session: when its key was stored (milliseconds since the epoch), or that it went. */
type Entry = number | "removed";

/**
 * Which sessions there are, by id alone, in `globalState`. Windows in a browser share that at once, while
 * each reads SecretStorage only as it opens and then writes all of it back (VS Code's
 * `LocalStorageSecretStorageProvider`). It tells "stored, but not to be seen from here" from "absent".
 */
export class SessionIndex {
  /** @param needed false where windows share SecretStorage itself, as on the desktop: nothing is noted then. */
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
