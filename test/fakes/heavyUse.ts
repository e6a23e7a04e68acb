import { mkdirSync, writeFileSync } from "node:fs";
import { amountsOf } from "../../src/spending/amounts";
import { addRows } from "../../src/spending/ledgerDay";
import { type LedgerRow, ledgerText } from "../../src/spending/ledgerFile";
import { ledgerFileName } from "../../src/spending/ledgerFiles";
import { daysUntil } from "../../src/spending/utcDays";

/** Of each day. */
const [windows, requests, extensions, models] = [8, 1000, 20, 12];

/**
 * Writes the ledger of someone who uses it a lot for so many days, as the windows of each day leave it.
 * @param folder its path
 */
export function writeHeavyUse(folder: string, today: string, days: number): void {
  mkdirSync(folder, { recursive: true });
  for (const day of daysUntil(today, days))
    for (let window = 0; window < windows; window++) {
      const rows = Array.from({ length: requests / windows }, (_, i) => row(window * 7919 + i * 104729));
      const text = ledgerText({ rows: [...addRows(new Map(), rows).values()], covers: [] });
      writeFileSync(`${folder}/${ledgerFileName(day, crypto.randomUUID(), 120).name}`, text);
    }
}

/** What one request took: the same for the same number. */
function row(seed: number): LedgerRow {
  let state = seed + 1;
  const any = (least: number, most: number) => {
    state = (state * 48271) % 2147483647; // Lehmer's
    return least + (state % (most - least + 1));
  };
  return {
    extension: `some-publisher.an-extension-${any(1, extensions)}`,
    model: `some-author/a-model-with-a-name-${any(1, models)}`,
    key: "0f8fad5b-d9cb-469f-a165-70867728950e/1795744383438",
    ...amountsOf((name) => {
      if (/requests$/i.test(name)) return 1;
      return name.endsWith("Tokens") ? any(100, 200_000) : any(10_000, 1_000_000_000);
    }),
  };
}
