import { SecretCollection, SecretStorageError, type Secrets } from "./secretCollection";
import { isHidden, Session, uniqueLabel, upgradeSession } from "./session";
import type { SessionIndex } from "./sessionIndex";
import { SessionReader } from "./sessionReader";

/**
 * The connected accounts with their keys, in SecretStorage, where other windows write as well: what is stored is
 * the truth.
 */
export class SessionStore {
  readonly #records: SecretCollection<Session>;
  readonly #reader: SessionReader;
  #writing: Promise<unknown> = Promise.resolve();
  /** Fires once for each change, whichever window made it. */
  readonly onDidChange;
  /** Fires whenever this window has read the sessions, changed or not. */
  readonly onDidRead;
  /** Fires with the id of a corrupt record, once per window. The record is kept as it is. */
  readonly onDidFindCorruptRecord;
  /** Fires when another window stored a key that this one can't see until it is reloaded. */
  readonly onDidDetectStaleSecrets;
  /** Fires when keys are gone that were stored before this window was opened: it sees all that there is. */
  readonly onDidLoseKeys;

  constructor(
    secrets: Secrets,
    private readonly index: SessionIndex,
    private readonly now: () => number,
  ) {
    const beforeWrite = () => this.assertWritable();
    this.#records = new SecretCollection(secrets, "session", Session, beforeWrite, upgradeSession);
    this.#reader = new SessionReader(this.#records, index, now);
    this.onDidChange = this.#reader.onDidChange;
    this.onDidRead = this.#reader.onDidRead;
    this.onDidFindCorruptRecord = this.#reader.onDidFindCorruptRecord;
    this.onDidDetectStaleSecrets = this.#reader.onDidDetectStaleSecrets;
    this.onDidLoseKeys = this.#reader.onDidLoseKeys;
  }

  dispose(): void {
    this.#records.dispose();
  }

  /** All sessions, oldest first. Throws `SecretStorageError` when they can't be read. */
  list(): Promise<Session[]> {
    return this.#reader.list();
  }

  /**
   * As `list`, but from a cache while nothing was written, in this window or another: for frequent readers.
   * Throws `SecretStorageError`.
   */
  current(): Promise<Session[]> {
    return this.#reader.current();
  }

  /**
   * As `current`, for who concludes something from a key that isn't there. Throws `SecretStorageError` as well where
   * another window stored a session that this one can't see.
   */
  async complete(): Promise<Session[]> {
    await this.assertWritable();
    return this.current();
  }

  /** Whether another window asks the user what to do with the key of this sign-in. */
  async isHeld(signInId: string): Promise<boolean> {
    await this.list();
    return this.#reader.held.some((session) => session.signInId === signInId);
  }

  /** Adds the session, or replaces the one with its id. Throws `SecretStorageError`, and nothing changed. */
  put(session: Session): Promise<void> {
    return this.#exclusively(() => this.#put(session));
  }

  /**
   * Adds the session, with a number after its label if another account has that. Returns what was stored. Throws
   * `SecretStorageError`.
   */
  add(session: Session): Promise<Session> {
    return this.#exclusively(async () => {
      const others = async () =>
        [...(await this.list()), ...this.#reader.held].filter(({ id }) => id !== session.id);
      const numbered = async () => ({ ...session, label: uniqueLabel(session.label, await others()) });
      const added = await numbered();
      await this.#put(added);
      // Another window may have stored the same label at the same moment. Then one of the two changes its own.
      const isTwin = ({ id, label }: Session) => label === added.label && id < added.id;
      if (!(await others()).some(isTwin)) return added;
      const renamed = await numbered();
      await this.#put(renamed);
      return renamed;
    });
  }

  /**
   * Changes the session with this id, in one step with reading it, so that nothing that was written in between is
   * overwritten.
   * @param change returns the session to store, or undefined to leave it as it is
   * @returns what is stored then; undefined if there is none. Throws `SecretStorageError`
   */
  update(id: string, change: (session: Session) => Session | undefined): Promise<Session | undefined> {
    return this.#exclusively(async () => {
      await this.assertWritable();
      const session = await this.#stored(id);
      const changed = session && change(session);
      if (!changed) return session;
      await this.#put(changed);
      return this.#stored(id); // another window may have written at the same moment
    });
  }

  /** Not from the last read, since another window may have written since. */
  async #stored(id: string): Promise<Session | undefined> {
    const record = this.index.entries()[id] === "removed" ? undefined : await this.#records.get(id);
    return record === "corrupt" ? undefined : record;
  }

  /** Remembers whether OpenRouter refuses this session's key, unless it was replaced meanwhile. */
  async markRefused({ id, key }: Session, refused = true): Promise<void> {
    await this.update(id, (session) =>
      session.key === key && (session.refused ?? false) !== refused ? { ...session, refused } : undefined,
    );
  }

  /** Remembers the OpenRouter user that this session's key belongs to, unless it was replaced meanwhile. */
  async learnUser({ id, key }: Session, userId: string): Promise<void> {
    await this.update(id, (session) =>
      session.key === key && session.userId === undefined ? { ...session, userId } : undefined,
    );
  }

  /** Removes the session with this id, if there is one; also a corrupt record. Throws `SecretStorageError`. */
  remove(id: string): Promise<void> {
    return this.#exclusively(() => this.#remove(id));
  }

  async #remove(id: string): Promise<void> {
    await this.assertWritable(); // since the index is written before the record
    const noted = this.index.entries()[id];
    // Before the record, since its removal makes this window read, and a missing record would count as hidden.
    if (noted !== undefined) await this.index.note(id, "removed");
    try {
      await this.#records.delete(id);
    } catch (error) {
      if (noted !== undefined) await this.index.note(id, noted);
      throw error;
    }
    await this.list();
  }

  /**
   * Throws `SecretStorageError` where a write could lose a key: the sessions can't be read, or another window
   * stored one that this window can't see. VS Code in a browser writes all secrets back with each, so this goes
   * for secrets of any kind.
   */
  async assertWritable(): Promise<void> {
    await this.current();
    if (this.#reader.hiddenIds.length > 0) throw new SecretStorageError("stale");
  }

  /** Gives up on the sessions that this window can't see: they count as removed. */
  async discardHiddenSessions(): Promise<void> {
    for (const id of this.#reader.hiddenIds) await this.index.note(id, "removed");
    await this.list();
  }

  async #put(session: Session): Promise<void> {
    await this.#records.put(session.id, session);
    if (!isHidden(session, this.now())) await this.index.note(session.id, session.createdAt);
    await this.list();
  }

  /** One write of this window after the other. */
  #exclusively<T>(write: () => Promise<T>): Promise<T> {
    const next = this.#writing.then(write);
    this.#writing = next.catch(() => {});
    return next;
  }
}
