import { dayOfFile, type LedgerFiles, parseLedgerFileName } from "./ledgerFiles";

/**
 * Deletes all that there is, also what windows replace meanwhile. Each of them finds its file gone
 * when it writes the next one, and begins again without what was in it.
 */
export async function clearLedger(files: Pick<LedgerFiles, "list" | "delete">): Promise<void> {
  const sourceOf = (name: string) => parseLedgerFileName(name)?.source ?? name;
  const all = (await files.list()).filter((name) => dayOfFile(name) !== undefined);
  const sources = new Set(all.map(sourceOf));
  for (let names: readonly string[] = all; names.length > 0; ) {
    for (const name of names) await files.delete(name);
    names = (await files.list()).filter((name) => sources.has(sourceOf(name)));
  }
}
