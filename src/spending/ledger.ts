import { errorText, type Log } from "../common/log";
import type { Amounts } from "./amounts";
import { clearLedger } from "./clearLedger";
import { LedgerDay } from "./ledgerDay";
import type { LedgerFiles } from "./ledgerFiles";
import { LedgerReader } from "./readLedger";
import type { Spender, Spending } from "./spending";
import { tidyLedger } from "./tidyLedger";
import { firstOfMonth, utcDay } from "./utcDays";

/** A request under way, as it's kept. */
export interface LedgerRequest {
  /** What it has cost so far, as far as is known. */
  estimate(amounts: Amounts): void;
  /** What it cost; undefined where that is nothing. Resolves when it's kept, or that failed. */
  end(amounts: Amounts | undefined): Promise<void>;
}

/** What an estimate may have grown by, in billionths of a USD, before it's kept: a cent. */
const untold = 10_000_000;

/**
 * What was spent, by day, extension, model, and key. Each window writes files of its own, and all windows read all of
 * them: so none loses anything, whoever writes at the same moment, or is killed. A request counts from its beginning,
 * with what it may cost at least. What the disk doesn't take is written later.
 */
export class Ledger {
  readonly #days = new Map<string, LedgerDay>();
  readonly #reader: LedgerReader;
  readonly #waiting = new Map<LedgerDay, Promise<void>>();
  #last: Promise<void> = Promise.resolve();
  #tidiedOn = "";

  constructor(
    private readonly files: LedgerFiles,
    private readonly host: {
      /** Milliseconds since the epoch. */
      now(): number;
      readonly log: Pick<Log, "warn">;
    },
  ) {
    this.#reader = new LedgerReader(files, (text) => host.log.warn(`Spending: ${text}`));
  }

  /** Keeps a request that begins now. */
  begin(spender: Spender, amounts: Amounts): LedgerRequest {
    this.#tidy();
    const day = this.#today();
    const request = { spender, amounts };
    let kept = amounts.cost;
    day.add(request);
    void this.#write(day);
    return {
      estimate: (estimate) => {
        request.amounts = estimate;
        if (estimate.cost - kept < untold) return;
        kept = estimate.cost;
        void this.#write(day);
      },
      end: (cost) => {
        day.end(request, cost);
        return this.#write(day);
      },
    };
  }

  /**
   * What was spent since that day, in all windows; there may be several parts of the same kind. Rejects where the files
   * can't be read.
   */
  async read(since: string): Promise<readonly Spending[]> {
    this.#tidy();
    await this.#last;
    const { entries } = await this.#reader.read(since);
    // Of its own, this window knows more than the files have, such as what the disk didn't take.
    const own = [...this.#days.values()].filter(({ day }) => day >= since);
    const others = entries.filter(({ source }) => !own.some((day) => day.source === source));
    const ownRows = own.map((day) => {
      const isThere = entries.some(({ source }) => source === day.source); // or cleared by another window
      return { day: day.day, rows: isThere ? day.rows : day.unwritten };
    });
    return [...others, ...ownRows].flatMap(({ day, rows }) => rows.map((row) => ({ day, ...row })));
  }

  /** Whether this is the first call with that name, of all windows' in this month or until the history is cleared. */
  async claim(name: string): Promise<boolean> {
    const safe = name.replace(/[^\w.-]/g, (character) => `~${character.charCodeAt(0)}~`);
    return this.files.claim(`${firstOfMonth(utcDay(this.host.now()))}.${safe}.claim`);
  }

  /** Deletes all of it. Rejects where that fails. */
  clear(): Promise<void> {
    const cleared = this.#last.then(async () => {
      for (const day of this.#days.values()) day.clear();
      await clearLedger(this.files);
    });
    this.#last = cleared.catch(() => {});
    return cleared;
  }

  #today(): LedgerDay {
    const today = utcDay(this.host.now());
    for (const [name, day] of this.#days) {
      if (name === today) continue;
      if (day.isIdle) this.#days.delete(name);
      else void this.#write(day); // what failed before
    }
    const day = this.#days.get(today) ?? new LedgerDay(today, this.files);
    this.#days.set(today, day);
    return day;
  }

  /** Once, for all that is noted until it's its turn. */
  #write(day: LedgerDay): Promise<void> {
    const waiting = this.#waiting.get(day);
    if (waiting) return waiting;
    const write = this.#next(async () => {
      this.#waiting.delete(day);
      await day.write();
    });
    this.#waiting.set(day, write);
    return write;
  }

  /** Once a day. */
  #tidy(): void {
    const now = this.host.now();
    if (this.#tidiedOn === utcDay(now)) return;
    this.#tidiedOn = utcDay(now);
    void this.#next(() => tidyLedger(this.files, this.#reader, now));
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error) => {
      this.host.log.warn(`Can't keep what was spent: ${errorText(error)}`);
    });
    return this.#last;
  }
}
