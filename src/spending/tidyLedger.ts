import { addRows } from "./ledgerDay";
import { type LedgerRow, ledgerText } from "./ledgerFile";
import { dayOfFile, isLeftDraft, type LedgerFiles, ledgerFileName } from "./ledgerFiles";
import type { LedgerEntry, LedgerReader } from "./readLedger";
import { addDays, utcDay } from "./utcDays";

/** How many days are kept, this one included. */
export const daysKept = 90;

/** Days of which a window may still write what it spent: a request counts on the day on which it began. */
const daysInUse = 2;

/**
 * Deletes what is too old, and puts the files of each former day together in one: there are as many as windows that
 * spent. Any number of windows may do it at once, and any of them may be killed meanwhile. A day of which a file can't
 * be read stays as it is.
 * @param now in milliseconds since the epoch
 */
export async function tidyLedger(
  files: LedgerFiles,
  reader: Pick<LedgerReader, "read">,
  now: number,
): Promise<void> {
  const today = utcDay(now);
  const oldest = addDays(today, 1 - daysKept);
  for (const name of await files.list()) {
    const day = dayOfFile(name);
    if (day === undefined ? isLeftDraft(name, now) : day < oldest) await files.delete(name);
  }
  const { entries, names, damaged } = await reader.read();
  const isOver = (day: string) => day <= addDays(today, -daysInUse) && !damaged.has(day);
  for (const day of new Set(names.map((name) => name.day).filter(isOver))) {
    const isOfDay = (file: { readonly day: string }) => file.day === day;
    const ofDay = entries.filter(isOfDay);
    const kept = ofDay.length > 1 ? await putTogether(files, day, ofDay) : ofDay[0]?.name;
    for (const { name } of names.filter(isOfDay)) if (name !== kept) await files.delete(name);
  }
}

/** Returns the name of the file that has what they have. */
async function putTogether(
  files: LedgerFiles,
  day: string,
  entries: readonly LedgerEntry[],
): Promise<string> {
  let rows = new Map<string, LedgerRow>();
  for (const entry of entries) rows = addRows(rows, entry.rows);
  const covers = entries.flatMap((entry) => [entry.source, ...entry.covers]);
  const { name } = ledgerFileName(day, crypto.randomUUID(), 1);
  await files.create(name, ledgerText({ rows: [...rows.values()], covers }));
  return name;
}
