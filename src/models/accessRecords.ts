import type { Disposable, Memento } from "vscode";

/** What the user decided about an extension that wants to use the models of an account. */
export interface AccessRecord {
  /** The extension's id in lower case. */
  readonly extension: string;
  /** The id of the account's session, which stays the same when the key is replaced. */
  readonly session: string;
  /** Undefined where the user is to be asked again. */
  readonly allowed?: boolean | undefined;
  /** When the user decided, in milliseconds since the epoch, and after every decision that this window knew of. */
  readonly at: number;
}

/** Where windows share the records. */
export interface AccessState extends Pick<Memento, "get" | "update"> {
  /** Reads what other windows have written, where `get` doesn't return that already. */
  load?(): Promise<void>;
  /** Fires when that was read, also without having been asked for. */
  onDidLoad?(listener: () => void): Disposable;
}

const name = "modelAccess";

/**
 * The records of all windows. Two windows may write at the same moment, and the later write replaces the whole list:
 * so each window keeps what it has seen, takes over what is later, and writes again what another one overwrote.
 */
export class AccessRecords {
  readonly #known = new Map<string, AccessRecord>();
  /** By session: no record counts that is as old as this. */
  readonly #forgotten = new Map<string, number>();
  readonly #subscription;

  constructor(
    private readonly state: AccessState,
    private readonly now: () => number,
  ) {
    this.#subscription = state.onDidLoad?.(() => void this.#reconcile());
  }

  dispose(): void {
    this.#subscription?.dispose();
  }

  /** Reads what other windows have decided. */
  async refresh(): Promise<void> {
    await this.state.load?.();
    await this.#reconcile();
  }

  /** The records as they are known in this window. */
  all(): readonly AccessRecord[] {
    this.#merge();
    return [...this.#known.values()];
  }

  find(extension: string, session: string): AccessRecord | undefined {
    this.#merge();
    return this.#known.get(idOf({ extension, session }));
  }

  /** Counts at once in this window. Resolves when it was written. */
  async set(extension: string, session: string, allowed: boolean | undefined): Promise<void> {
    const before = this.find(extension, session)?.at ?? 0;
    const at = Math.max(this.now(), before + 1, (this.#forgotten.get(session) ?? 0) + 1);
    const record = { extension, session, allowed, at };
    this.#known.set(idOf(record), record);
    await this.#write();
  }

  /** Forgets all records of a session that was removed. */
  async forget(session: string): Promise<void> {
    await this.state.load?.(); // nothing may have been read yet
    const records = this.all().filter((record) => record.session === session);
    if (records.length === 0) return;
    this.#forgotten.set(session, Math.max(...records.map(({ at }) => at)));
    for (const record of records) this.#known.delete(idOf(record));
    await this.#write();
  }

  async #reconcile(): Promise<void> {
    if (this.#merge()) await this.#write();
  }

  /** Takes over what is stored. Returns whether anything is missing there. */
  #merge(): boolean {
    const stored = new Map(readRecords(this.state.get(name)).map((record) => [idOf(record), record]));
    for (const [id, record] of stored) {
      const known = this.#known.get(id);
      const isForgotten = record.at <= (this.#forgotten.get(record.session) ?? -1);
      if (!isForgotten && (!known || isLater(record, known))) this.#known.set(id, record);
    }
    return [...this.#known].some(([id, record]) => {
      const other = stored.get(id);
      return !other || isLater(record, other);
    });
  }

  async #write(): Promise<void> {
    await this.state.update(name, [...this.#known.values()]);
  }
}

/** Neither an extension's id nor a session's has a line end. */
const idOf = ({ extension, session }: Pick<AccessRecord, "extension" | "session">) =>
  `${extension}\n${session}`;

/** Of two decisions at the same moment, the stricter one is the later. */
const isLater = (a: AccessRecord, b: AccessRecord) =>
  a.at > b.at || (a.at === b.at && strictness(a) > strictness(b));
const strictness = ({ allowed }: AccessRecord) => (allowed === undefined ? 1 : allowed ? 0 : 2);

/** The records that can be read. */
function readRecords(stored: unknown): AccessRecord[] {
  return Array.isArray(stored) ? stored.filter(isObject) : [];
}

function isObject(value: unknown): value is AccessRecord {
  if (!(value instanceof Object)) return false;
  const { extension, session, allowed, at } = value as Record<keyof AccessRecord, unknown>;
  const isDecision = allowed === undefined || typeof allowed === "boolean";
  return (
    typeof extension === "string" && typeof session === "string" && isDecision && Number.isSafeInteger(at)
  );
}
