import { Emitter } from "../common/emitter";
import { SecretCollection, SecretStorageError, type Secrets } from "./secretCollection";
import { changesBetween, Session, type SessionChanges } from "./session";
import type { SessionIndex } from "./sessionIndex";

/**
 * The connected accounts with their keys, in SecretStorage, where other windows write as well: what is stored is
 * the truth. The last read is kept to find out what changed, and as a cache until VS Code reports a write.
 */
export class SessionStore {
  readonly #records: SecretCollection<Session>;
  readonly #changes = new Emitter<SessionChanges>();
  /** Fires once for each change, whichever window made it. */
  readonly onDidChange = this.#changes.event;
  readonly #reads = new Emitter<readonly Session[]>();
  /** Fires whenever this window has read the sessions, changed or not. */
  readonly onDidRead = this.#reads.event;
  readonly #corruptRecords = new Emitter<string>();
  /** Fires with the id of a corrupt record, once per window. The record is kept as it is. */
  readonly onDidFindCorruptRecord = this.#corruptRecords.event;
  readonly #corruptIds = new Set<string>();
  readonly #staleSecrets = new Emitter<void>();
  /** Fires when another window stored a key that this one can't see until it is reloaded. */
  readonly onDidDetectStaleSecrets = this.#staleSecrets.event;
  #hiddenIds: readonly string[] = [];
  #lastRead: ReadonlyMap<string, Session> | undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #queued: Promise<Session[]> | undefined;
  /** The result of the last read, until something is written. */
  #current: { readonly sessions: Session[]; readonly index: string } | undefined;
  #writes = 0;

  constructor(
    secrets: Secrets,
    private readonly index: SessionIndex,
    private readonly now: () => number,
  ) {
    this.#records = new SecretCollection(secrets, "session", Session, () => this.assertWritable());
    // A change that can't be read now is reported by the next read that succeeds.
    this.#records.onDidChange(() => {
      this.#writes++;
      this.#current = undefined;
      void this.list().catch(() => {});
    });
  }

  dispose(): void {
    this.#records.dispose();
  }

  /** All sessions, oldest first. Throws `SecretStorageError` when they can't be read. */
  list(): Promise<Session[]> {
    // A read that has yet to begin will see everything that this caller needs to see.
    this.#queued ??= this.#reading.then(() => {
      this.#queued = undefined;
      return this.#read();
    });
    this.#reading = this.#queued.catch(() => {});
    return this.#queued;
  }

  /**
   * As `list`, but from a cache while nothing was written, in this window or another: for frequent readers.
   * Throws `SecretStorageError`.
   */
  async current(): Promise<Session[]> {
    const index = JSON.stringify(this.index.entries());
    return this.#current?.index === index ? this.#current.sessions : this.list();
  }

  /** Adds the session, or replaces the one with its id. Throws `SecretStorageError`, and nothing changed. */
  async put(session: Session): Promise<void> {
    await this.#records.put(session.id, session);
    if (!this.#isHidden(session)) await this.index.note(session.id, session.createdAt);
    await this.list();
  }

  /** Remembers whether OpenRouter refuses this session's key, unless it was replaced meanwhile. */
  async markRefused({ id, key }: Session, refused = true): Promise<void> {
    const session = (await this.list()).find((candidate) => candidate.id === id && candidate.key === key);
    if (session && (session.refused ?? false) !== refused) await this.put({ ...session, refused });
  }

  /** Removes the session with this id, if there is one; also a corrupt record. Throws `SecretStorageError`. */
  async remove(id: string): Promise<void> {
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
    if (this.#hiddenIds.length > 0) throw new SecretStorageError("stale");
  }

  /** Gives up on the sessions that this window can't see: they count as removed. */
  async discardHiddenSessions(): Promise<void> {
    for (const id of this.#hiddenIds) await this.index.note(id, "removed");
    await this.list();
  }

  async #read(): Promise<Session[]> {
    const now = new Map<string, Session>();
    const index = this.index.entries();
    const writes = this.#writes;
    let someAreHidden = false; // they appear at a time that no event announces
    for (const [id, record] of await this.#records.list()) {
      if (record === "corrupt") this.#reportCorrupt(id);
      else if (this.#isHidden(record)) someAreHidden = true;
      else if (index[id] !== "removed") now.set(id, record);
    }
    this.#compare(index, now);
    const changes = changesBetween(this.#lastRead, now);
    this.#lastRead = now;
    if (changes) this.#changes.fire(changes);
    const sessions = [...now.values()].sort((a, b) => a.createdAt - b.createdAt);
    const isCurrent = !someAreHidden && writes === this.#writes;
    this.#current = isCurrent ? { sessions, index: JSON.stringify(index) } : undefined;
    this.#reads.fire(sessions);
    return sessions;
  }

  /** A session that only the index has, or has with a later key, was stored by a window whose writes are hidden. */
  #compare(index: ReturnType<SessionIndex["entries"]>, now: ReadonlyMap<string, Session>): void {
    const wasStale = this.#hiddenIds.length > 0;
    this.#hiddenIds = Object.entries(index)
      .filter(([id, entry]) => entry !== "removed" && (now.get(id)?.createdAt ?? -1) < entry)
      .map(([id]) => id)
      .filter((id) => !this.#corruptIds.has(id));
    if (this.#hiddenIds.length > 0 && !wasStale) this.#staleSecrets.fire();
  }

  #isHidden({ hiddenUntil }: Session): boolean {
    return hiddenUntil !== undefined && hiddenUntil > this.now();
  }

  #reportCorrupt(id: string): void {
    if (this.#corruptIds.has(id)) return;
    this.#corruptIds.add(id);
    this.#corruptRecords.fire(id);
  }
}
