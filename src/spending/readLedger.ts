import { errorText } from "../common/log";
import { type LedgerPage, type LedgerRow, parseLedgerText } from "./ledgerFile";
import { type LedgerFileName, type LedgerFiles, parseLedgerFileName } from "./ledgerFiles";

/** A file as it counts. */
export interface LedgerEntry extends LedgerFileName {
  readonly rows: readonly LedgerRow[];
  readonly covers: readonly string[];
}

/** What there is of the ledger. */
export interface LedgerState {
  /** The files that count: none of them twice, also while others are being put together. */
  readonly entries: readonly LedgerEntry[];
  /** The days of files that can't be read. */
  readonly damaged: ReadonlySet<string>;
  /** All files of these days. */
  readonly names: readonly LedgerFileName[];
}

/** How often the list is read when files go while they're being read. */
const attempts = 10;

/** Reads the ledger's files, each once: none is ever changed. */
export class LedgerReader {
  /** By name. Undefined: it can't be read. */
  #pages = new Map<string, LedgerPage | undefined>();

  /** @param keep what is kept in memory of a file: all of it, or less for who needs less */
  constructor(
    private readonly files: Pick<LedgerFiles, "list" | "read">,
    private readonly warn: (text: string) => void,
    private readonly keep = (page: LedgerPage): LedgerPage => page,
  ) {}

  /** What there is since that day. Rejects where the folder can't be read. */
  async read(since = ""): Promise<LedgerState> {
    for (let attempt = 1; ; attempt++) {
      const all = (await this.files.list()).map(parseLedgerFileName).filter((name) => name !== undefined);
      const names = all.filter(({ day }) => day >= since);
      const wereThere = await Promise.all(names.map(({ name }) => this.#load(name)));
      // One that is gone was replaced by another, which isn't in this list.
      if (wereThere.includes(false) && attempt < attempts) continue;
      const known = new Set(all.map(({ name }) => name));
      for (const name of this.#pages.keys()) if (!known.has(name)) this.#pages.delete(name);
      return this.#state(names);
    }
  }

  /** @returns whether there is such a file */
  async #load(name: string): Promise<boolean> {
    if (this.#pages.has(name)) return true;
    try {
      const text = await this.files.read(name);
      if (text === undefined) return false;
      const page = parseLedgerText(text);
      this.#pages.set(name, page && this.keep(page));
      if (!page) this.warn(`${name} is damaged`);
    } catch (error) {
      this.warn(`Can't read ${name}: ${errorText(error)}`); // perhaps the next time
    }
    return true;
  }

  #state(names: readonly LedgerFileName[]): LedgerState {
    const newest = new Map<string, LedgerEntry>();
    for (const name of names) {
      const page = this.#pages.get(name.name);
      const source = `${name.day}.${name.source}`;
      // A window that was closed in the middle of a write has left two. If one is damaged, the other one counts.
      if (page && name.number >= (newest.get(source)?.number ?? 0))
        newest.set(source, { ...name, rows: page.rows, covers: page.covers });
    }
    const damaged = names.filter(({ name }) => !this.#pages.get(name));
    return {
      entries: withoutCovered([...newest.values()]),
      damaged: new Set(damaged.map(({ day }) => day)),
      names,
    };
  }
}

/** Two windows may have put the same files together at once. One of them counts then, which has the most. */
function withoutCovered(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const bySize = [...entries].sort((a, b) => b.covers.length - a.covers.length || (a.name < b.name ? -1 : 1));
  const covered = new Set<string>();
  return bySize.filter(({ source, covers }) => {
    if (covered.has(source) || covers.some((other) => covered.has(other))) return false;
    for (const other of covers) covered.add(other);
    return true;
  });
}
