import type { PictureColors, SvgImage } from "../common/svgImage";
import { type Amounts, spent, sum } from "./amounts";
import type { LedgerPage } from "./ledgerFile";
import type { LedgerFiles } from "./ledgerFiles";
import { LedgerReader } from "./readLedger";
import { daysUntil } from "./utcDays";

/** How many days are looked at, this one included. */
const length = 14;

/** What was spent on a day. */
export interface RecentDay extends Amounts {
  /** Such as "2026-11-27". */
  readonly day: string;
}

/** What was spent on the last 14 days: more than nothing. */
export interface RecentDays {
  /** All of them, the earliest first. */
  readonly days: readonly RecentDay[];
  readonly total: Amounts;
  /** The day with most, the latest of several. */
  readonly greatest: RecentDay;
}

/** What was spent on the last days, to be looked at. The texts are plain. */
export interface RecentPicture {
  readonly image: SvgImage;
  /** What kind of picture it is, for who can't see it. */
  readonly alt: string;
  /** What is to be seen in it, in short lines. */
  readonly lines: readonly string[];
}

/** Where these pictures come from. */
export interface RecentPictures {
  /** Reads what all windows have spent. Rejects where the folder can't be read: then there is nothing to show. */
  read(): Promise<void>;
  /** Draws what was read. Undefined where nothing was spent. */
  picture(colors: PictureColors): RecentPicture | undefined;
}

/** Reads the ledger's files, and keeps of each what it adds up to: nobody's rows are needed here. */
export const recentReader = (files: Pick<LedgerFiles, "list" | "read">, warn: (text: string) => void) =>
  new LedgerReader(files, warn, totalOf);

const totalOf = ({ rows, covers }: LedgerPage): LedgerPage => ({
  rows: rows.length > 0 ? [{ extension: "", model: "", key: "", ...sum(rows) }] : [],
  covers,
});

/**
 * Reads what all windows have spent on the last days. Undefined where that is nothing. Rejects where the folder can't
 * be read. @param today by UTC, such as "2026-11-27"
 */
export async function readRecentDays(
  reader: Pick<LedgerReader, "read">,
  today: string,
): Promise<RecentDays | undefined> {
  const names = daysUntil(today, length);
  const { entries } = await reader.read(names[0]);
  const days = names.map((day) => ({
    day,
    ...sum(entries.filter((entry) => entry.day === day).flatMap(({ rows }) => rows)),
  }));
  const total = sum(days);
  const [greatest] = days.toReversed().sort((a, b) => spent(b) - spent(a));
  return greatest && spent(greatest) > 0 ? { days, total, greatest } : undefined;
}
