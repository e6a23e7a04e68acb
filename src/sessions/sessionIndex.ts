import type { Memento } from "vscode";
import type { Session } from "./session";

/** When the session's key was stored, in milliseconds since the epoch; or that it was removed. */
type Entry = number | "removed";

/** Milliseconds before a window was opened in which others' writes may not have reached its secrets. */
const openingTime = 10_000;

/**
 * The ids of all sessions, in `globalState`. In a browser, windows share that at once, but each reads SecretStorage
 * only when it opens, and then writes all of it back (VS Code's `LocalStorageSecretStorageProvider`). With the
 * index, a window can tell a hidden session from one that doesn't exist.
 */
export class SessionIndex {
  /**
   * @param needed false where windows share SecretStorage itself, as on the desktop: then nothing is noted
   * @param openedAt when this window was opened, in milliseconds since the epoch
   */
  constructor(
    private readonly globalState: Pick<Memento, "get" | "update">,
    readonly needed: boolean,
    private readonly openedAt: number,
  ) {}

  entries(): Record<string, Entry> {
    return this.needed ? this.globalState.get<Record<string, Entry>>("sessions", {}) : {};
  }

  async note(id: string, entry: Entry): Promise<void> {
    if (this.needed) await this.globalState.update("sessions", { ...this.entries(), [id]: entry });
  }

  /**
   * The sessions that this window lacks, or has with an earlier key. Another window stored them, and they are
   * hidden from this one until it is reloaded. Or they are lost: a window that was just opened sees all there is.
   * @param isFirst whether these are the first sessions that this window has read
   */
  compare(sessions: ReadonlyMap<string, Session>, isFirst: boolean): { hidden: string[]; lost: string[] } {
    const found: { hidden: string[]; lost: string[] } = { hidden: [], lost: [] };
    for (const [id, storedAt] of Object.entries(this.entries())) {
      if (storedAt === "removed" || (sessions.get(id)?.createdAt ?? -1) >= storedAt) continue;
      found[isFirst && storedAt < this.openedAt - openingTime ? "lost" : "hidden"].push(id);
    }
    return found;
  }
}
