import type { Memento } from "vscode";
import type { Session } from "./session";
import type { SessionStore } from "./sessionStore";

const name = "activeSession";

/**
 * The session in use: its credits are shown, and terminals get its key. All windows share the choice, which is kept
 * in `globalState`, as the session's id.
 */
export class ActiveSession {
  constructor(
    private readonly store: Pick<SessionStore, "current">,
    private readonly globalState: Pick<Memento, "get" | "update">,
  ) {}

  /** Whether there ever was one. If not, SecretStorage isn't read just to look for keys. */
  get wasChosen(): boolean {
    return this.#id !== undefined;
  }

  /** Puts the session with this id in use, in all windows. */
  async choose(id: string): Promise<void> {
    if (this.#id !== id) await this.globalState.update(name, id);
  }

  /** All sessions, with the one in use: the chosen one, or else the newest. Throws `SecretStorageError`. */
  async read(): Promise<{ sessions: readonly Session[]; active: Session | undefined }> {
    const sessions = await this.store.current();
    const id = this.#id;
    const active = sessions.find((session) => session.id === id) ?? sessions.at(-1);
    if (active && id === undefined) await this.choose(active.id);
    return { sessions, active };
  }

  get #id(): string | undefined {
    return this.globalState.get<string>(name);
  }
}
