import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { spent, sum } from "../../../src/spending/amounts";
import { type LedgerRow, ledgerText } from "../../../src/spending/ledgerFile";
import { readRecentDays, recentReader } from "../../../src/spending/recentDays";
import { addDays, daysUntil } from "../../../src/spending/utcDays";
import { FakeLedgerFiles } from "../../fakes/ledgerFiles";
import { anyRow, request, spender } from "./anySpending";

const today = "2026-11-27";

/** A ledger with files of these days, by other windows each. */
function ledger(...files: [day: string, ...rows: LedgerRow[]][]) {
  const folder = new FakeLedgerFiles();
  for (const [i, [day, ...rows]] of files.entries())
    folder.texts.set(`${day}.window-${i}.1.json`, ledgerText({ rows, covers: [] }));
  const steps: string[] = [];
  const reader = recentReader(
    folder.open(async (step) => steps.push(step)),
    assert.fail,
  );
  return { folder, reader, steps };
}
const row = (cost: number, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...spender(),
  ...request(cost),
  ...more,
});

test("the last 14 days are added up, those without spending, too", async () => {
  const { reader } = ledger(
    [today, row(1), row(2, { upstreamCost: 4 })],
    [today, row(8)],
    ["2026-11-20", row(100, { estimatedRequests: 1 })],
    ["2026-11-14", row(30)],
    ["2026-11-13", row(1e6)],
    ["2026-11-28", row(1e6)],
  );
  const recent = await readRecentDays(reader, today);
  assert.deepEqual(
    recent?.days.map(({ day }) => day),
    daysUntil(today, 14),
  );
  assert.deepEqual(recent?.days.map(spent), [30, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 15]);
  assert.equal(spent(recent?.total ?? assert.fail()), 145);
  assert.deepEqual([recent?.total.estimatedRequests, recent?.greatest.day], [1, "2026-11-20"]);
});

test("of several days with most, the latest counts", async () => {
  const { reader } = ledger(["2026-11-20", row(5)], ["2026-11-26", row(5)]);
  assert.equal((await readRecentDays(reader, today))?.greatest.day, "2026-11-26");
});

test("where nothing was spent there is nothing: no folder, no file of these days, or all free of charge", async () => {
  for (const { reader } of [ledger(), ledger(["2026-11-13", row(5)]), ledger([today, row(0)])])
    assert.equal(await readRecentDays(reader, today), undefined);
});

test("a file is read once, and one that is older never", async () => {
  const { reader, folder, steps } = ledger([today, row(5)], ["2026-10-01", row(5)]);
  await readRecentDays(reader, today);
  await readRecentDays(reader, today);
  assert.deepEqual(steps, ["list", `read ${today}.window-0.1.json`, "list"]);
  folder.failure = new Error("no disk");
  await assert.rejects(readRecentDays(reader, today), /no disk/);
});

test("of each file only its total stays in memory, and those that others put together don't count", async () => {
  const { reader, folder } = ledger([today, row(1), row(2, { model: "o/p" })]);
  const covering = ledgerText({ rows: [row(3), row(4)], covers: ["window-0"] });
  folder.texts.set(`${today}.all.1.json`, covering);
  assert.equal(spent((await readRecentDays(reader, today))?.total ?? assert.fail()), 7);
  const { entries } = await reader.read();
  assert.deepEqual(
    entries.map(({ rows, source }) => [source, rows.length]),
    [["all", 1]],
  );
});

test("the days add up to all that was spent, whatever that is", async () => {
  const days = fc.array(fc.tuple(fc.nat(13), fc.array(anyRow, { maxLength: 3 })), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(days, async (files) => {
      const { reader } = ledger(
        ...files.map(([ago, rows]) => [addDays(today, -ago), ...rows] as [string, ...LedgerRow[]]),
      );
      const all = sum(files.flatMap(([, rows]) => rows));
      const recent = await readRecentDays(reader, today);
      assert.equal(recent !== undefined, spent(all) > 0);
      if (!recent) return;
      assert.deepEqual(recent.total, all);
      assert.equal(spent(recent.greatest), Math.max(...recent.days.map(spent)));
    }),
  );
});
