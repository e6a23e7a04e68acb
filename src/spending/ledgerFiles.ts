/**
 * Files in a folder that all windows share. None is ever changed: what is newer is another file, so that whoever reads
 * one sees all of it.
 */
export interface LedgerFiles {
  /** The names of all files. None where there is no folder. */
  list(): Promise<readonly string[]>;
  /** Undefined where there is no such file. */
  read(name: string): Promise<string | undefined>;
  /** All of it or nothing, even if the process is killed. */
  create(name: string, text: string): Promise<void>;
  /** Returns whether there was such a file. */
  delete(name: string): Promise<boolean>;
  /** Creates an empty file. Returns whether it was this call that did. */
  claim(name: string): Promise<boolean>;
}

/** A file of the ledger, by its name. */
export interface LedgerFileName {
  readonly name: string;
  readonly day: string;
  /** Who writes it: a window on that day, or one that put others' files together. */
  readonly source: string;
  /** The file with the highest number is the newest of its source. */
  readonly number: number;
}

export const ledgerFileName = (day: string, source: string, number: number): LedgerFileName => ({
  name: `${day}.${source}.${number}.json`,
  day,
  source,
  number,
});

/** Undefined where that isn't the name of a file of the ledger. */
export function parseLedgerFileName(name: string): LedgerFileName | undefined {
  const [, day, source, number] = /^(\d{4}-\d\d-\d\d)\.([\w-]+)\.(\d{1,9})\.json$/.exec(name) ?? [];
  return day === undefined || source === undefined
    ? undefined
    : { name, day, source, number: Number(number) };
}

/** The day of a file of the ledger, or of a claim, which is kept as long. */
export const dayOfFile = (name: string): string | undefined => /^\d{4}-\d\d-\d\d(?=\.)/.exec(name)?.[0];

const draftMark = "+";

/** The name of a file while it's being written. @param now in milliseconds since the epoch */
export const draftName = (now: number): string => `${draftMark}${now}-${crypto.randomUUID()}`;

/** Milliseconds after which a draft is one that a window left that was closed. */
const longestWrite = 60_000;

export const isLeftDraft = (name: string, now: number): boolean =>
  name.startsWith(draftMark) && now - Number.parseInt(name.slice(draftMark.length), 10) > longestWrite;
