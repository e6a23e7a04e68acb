import { type Amounts, sum } from "./amounts";
import { type LedgerRow, ledgerText } from "./ledgerFile";
import { type LedgerFileName, type LedgerFiles, ledgerFileName } from "./ledgerFiles";
import type { Spender } from "./spending";

/** A request under way, with what it may have cost so far. */
export interface RunningRequest {
  readonly spender: Spender;
  amounts: Amounts;
}

/**
 * What this window has spent on one day. Each write is a new file with all of it, and then the former one is deleted.
 * One write at a time.
 */
export class LedgerDay {
  /** What the latest file has of requests that have ended. */
  #written = new Map<string, LedgerRow>();
  /** What has ended since. */
  #ended: LedgerRow[] = [];
  readonly #running = new Set<RunningRequest>();
  #file: LedgerFileName;

  constructor(
    readonly day: string,
    private readonly files: Pick<LedgerFiles, "create" | "delete">,
  ) {
    this.#file = this.#firstFile();
  }

  /** Whether there is nothing more to write for now. */
  get isIdle(): boolean {
    return this.#running.size === 0 && this.#ended.length === 0;
  }

  /** The source of its file. */
  get source(): string {
    return this.#file.source;
  }

  /** All of it. */
  get rows(): readonly LedgerRow[] {
    return [...this.#written.values(), ...this.unwritten];
  }

  /** What doesn't need a file: what has ended since the latest one, and what is running, as far as is known by now. */
  get unwritten(): readonly LedgerRow[] {
    return [...this.#ended, ...this.#runningRows];
  }

  get #runningRows(): LedgerRow[] {
    return [...this.#running].map(({ spender, amounts }) => ({ ...spender, ...amounts }));
  }

  add(request: RunningRequest): void {
    this.#running.add(request);
  }

  /** @param amounts undefined where it cost nothing */
  end(request: RunningRequest, amounts: Amounts | undefined): void {
    this.#running.delete(request);
    if (amounts) this.#ended.push({ ...request.spender, ...amounts });
  }

  /** Rejects where the disk fails; then the next write has it all. */
  async write(): Promise<void> {
    for (;;) {
      const ended = [...this.#ended]; // more may end meanwhile
      const written = addRows(this.#written, ended);
      const former = this.#file;
      const next = ledgerFileName(this.day, former.source, former.number + 1);
      const rows = [...addRows(written, this.#runningRows).values()];
      await this.files.create(next.name, ledgerText({ rows, covers: [] }));
      this.#file = next;
      this.#written = written;
      this.#ended = this.#ended.slice(ended.length);
      if (former.number === 0 || (await this.files.delete(former.name))) return;
      // The user has cleared the history, or it's part of another file by now. What was in it must not come back.
      await this.files.delete(next.name);
      this.#file = this.#firstFile();
      this.#written.clear();
      this.#ended = [...ended, ...this.#ended];
    }
  }

  /** The user clears the history: forgets what has ended. */
  clear(): void {
    this.#ended = [];
    this.#written.clear();
    this.#file = this.#firstFile();
  }

  /** A number that no file has, of a new source. */
  #firstFile(): LedgerFileName {
    return ledgerFileName(this.day, crypto.randomUUID(), 0);
  }
}

/** The rows with others added to them, one for each spender. */
export function addRows(
  rows: ReadonlyMap<string, LedgerRow>,
  others: readonly LedgerRow[],
): Map<string, LedgerRow> {
  const all = new Map(rows);
  for (const row of others) {
    const id = JSON.stringify([row.extension, row.model, row.key]);
    const same = all.get(id);
    all.set(id, same ? { ...row, ...sum([same, row]) } : row);
  }
  return all;
}
