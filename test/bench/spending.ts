import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Ledger } from "../../src/spending/ledger";
import { nodeLedgerFiles } from "../../src/spending/nodeLedgerFiles";
import { reportSince, spendingReport } from "../../src/spending/spendingReport";
import { addDays, startOf } from "../../src/spending/utcDays";
import { writeHeavyUse } from "../fakes/heavyUse";
import { temporaryFolder } from "../tools/lifetime.mjs";
import type { Measurement } from "./report";

const today = "2026-11-27";
const log = {
  warn(text: string) {
    throw new Error(text);
  },
};

/** Reads and adds up a year of heavy use, as a new window does that shows it. */
export async function measureSpending(runs: number): Promise<Measurement[]> {
  console.log("Reading a year of spending");
  const { path, remove } = temporaryFolder("spending");
  const open = () => new Ledger(nodeLedgerFiles(path), { now: () => startOf(today), log });
  try {
    writeHeavyUse(path, today, 365);
    await open().read(addDays(today, -1)); // which leaves what is kept of the year
    const samples: number[] = [];
    for (let run = 0; run < runs; run++) {
      const ledger = open();
      const start = performance.now();
      const { total } = spendingReport(await ledger.read(reportSince(today)), today, () => undefined);
      samples.push(performance.now() - start);
      if (total.requests !== 30_000) throw new Error(`${total.requests} requests`);
    }
    const sizes = readdirSync(path).map((name) => statSync(join(path, name)).size);
    const kilobytes = sizes.reduce((total, size) => total + size, 0) / 1000;
    const text = "A year of spending, 1,000 requests a day";
    return [
      { id: "spending.read", text: `${text}: read`, unit: "ms", samples, goal: { max: 200 } },
      {
        id: "spending.disk",
        text: `${text}: on disk`,
        unit: "KB",
        samples: [kilobytes],
        goal: { max: 2000 },
      },
    ];
  } finally {
    remove();
  }
}
