import { Emitter } from "../common/emitter";
import type { SecretCollection } from "./secretCollection";
import { changesBetween, isHidden, type Session, type SessionChanges } from "./session";
import type { SessionIndex } from "./sessionIndex";

/**
 * Reads the sessions, one read after the other. The last one is kept to find out what changed, and as a cache until
 * VS Code reports a write.
 */
export class SessionReader {
  readonly #changes = new Emitter<SessionChanges>();
  readonly onDidChange = this.#changes.event;
  readonly #reads = new Emitter<readonly Session[]>();
  readonly onDidRead = this.#reads.event;
  readonly #corruptRecords = new Emitter<string>();
  readonly onDidFindCorruptRecord = this.#corruptRecords.event;
  readonly #corruptIds = new Set<string>();
  readonly #staleSecrets = new Emitter<void>();
  readonly onDidDetectStaleSecrets = this.#staleSecrets.event;
  readonly #lostKeys = new Emitter<void>();
  readonly onDidLoseKeys = this.#lostKeys.event;
  #hiddenIds: readonly string[] = [];
  #held: readonly Session[] = [];
  #lastRead: ReadonlyMap<string, Session> | undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #queued: Promise<Session[]> | undefined;
  /** The result of the last read, until something is written. */
  #current: { readonly sessions: Session[]; readonly index: string } | undefined;
  #writes = 0;

  constructor(
    private readonly records: Pick<SecretCollection<Session>, "list" | "onDidChange">,
    private readonly index: SessionIndex,
    private readonly now: () => number,
  ) {
    // A change that can't be read now is reported by the next read that succeeds.
    records.onDidChange(() => {
      this.#writes++;
      this.#current = undefined;
      void this.list().catch(() => {});
    });
  }

  /** The ids of the sessions that this window can't see until it is reloaded, as of the last read. */
  get hiddenIds(): readonly string[] {
    return this.#hiddenIds;
  }

  /** The sessions that are stored, but not listed yet (see `Session.hiddenUntil`), as of the last read. */
  get held(): readonly Session[] {
    return this.#held;
  }

  /** See `SessionStore.list`. */
  list(): Promise<Session[]> {
    // A read that has yet to begin will see everything that this caller needs to see.
    this.#queued ??= this.#reading.then(() => {
      this.#queued = undefined;
      return this.#read();
    });
    this.#reading = this.#queued.catch(() => {});
    return this.#queued;
  }

  /** See `SessionStore.current`. */
  async current(): Promise<Session[]> {
    const index = JSON.stringify(this.index.entries());
    return this.#current?.index === index ? this.#current.sessions : this.list();
  }

  async #read(): Promise<Session[]> {
    const now = new Map<string, Session>();
    const index = this.index.entries();
    const writes = this.#writes;
    const held: Session[] = []; // they appear at a time that no event announces
    for (const [id, record] of await this.records.list()) {
      if (record === "corrupt") this.#reportCorrupt(id);
      else if (isHidden(record, this.now())) held.push(record);
      else if (index[id] !== "removed") now.set(id, record);
    }
    this.#held = held;
    await this.#compare(now);
    const changes = changesBetween(this.#lastRead, now);
    this.#lastRead = now;
    if (changes) this.#changes.fire(changes);
    const sessions = [...now.values()].sort((a, b) => a.createdAt - b.createdAt);
    const isCurrent = held.length === 0 && writes === this.#writes;
    this.#current = isCurrent ? { sessions, index: JSON.stringify(index) } : undefined;
    this.#reads.fire(sessions);
    return sessions;
  }

  /** Finds what this window can't see, or nobody can anymore. A corrupt record is neither. */
  async #compare(now: ReadonlyMap<string, Session>): Promise<void> {
    const wasStale = this.#hiddenIds.length > 0;
    const missing = this.index.compare(now, this.#lastRead === undefined);
    const isMissing = (id: string) => !this.#corruptIds.has(id);
    const lost = missing.lost.filter(isMissing);
    for (const id of lost) await this.index.note(id, now.get(id)?.createdAt ?? "removed");
    if (lost.length > 0) this.#lostKeys.fire();
    this.#hiddenIds = missing.hidden.filter(isMissing);
    if (this.#hiddenIds.length > 0 && !wasStale) this.#staleSecrets.fire();
  }

  #reportCorrupt(id: string): void {
    if (this.#corruptIds.has(id)) return;
    this.#corruptIds.add(id);
    this.#corruptRecords.fire(id);
  }
}
