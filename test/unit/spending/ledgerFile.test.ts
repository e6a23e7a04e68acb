import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ledgerText, parseLedgerText } from "../../../src/spending/ledgerFile";
import { dayOfFile, ledgerFileName, parseLedgerFileName } from "../../../src/spending/ledgerFiles";
import { anyRow } from "./anySpending";

test("a file says what was written, exactly", () => {
  fc.assert(
    fc.property(fc.array(anyRow), fc.array(fc.uuid()), (rows, covers) => {
      assert.deepEqual(parseLedgerText(ledgerText({ rows, covers })), { rows, covers });
    }),
  );
});

test("whatever else a file says, it never throws, and no number is less than zero or in part", () => {
  const good = JSON.parse(ledgerText({ rows: [], covers: [] }));
  const anyNumbers = fc.array(fc.oneof(fc.double(), fc.integer({ min: -1, max: 2 })), { maxLength: 13 });
  const almost = fc.record({
    names: fc.array(fc.string()),
    rows: fc.array(anyNumbers),
    covers: fc.jsonValue(),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        almost.map((file) => ({ ...good, ...file })),
      ),
      (file) => {
        for (const row of parseLedgerText(JSON.stringify(file))?.rows ?? [])
          for (const value of Object.values(row))
            assert.ok(typeof value === "string" || (Number.isSafeInteger(value) && value >= 0));
      },
    ),
  );
});

test("a file has its day, source, and number in its name", () => {
  const file = ledgerFileName("2026-11-27", "5f0c-1", 12);
  assert.deepEqual(parseLedgerFileName(file.name), file);
  assert.equal(dayOfFile(file.name), "2026-11-27");
  assert.equal(dayOfFile("2026-11-01.some~47~thing.claim"), "2026-11-01");
  for (const other of [
    "",
    "a.json",
    "2026-11-27.json",
    `+${file.name}`,
    `${file.name}~`,
    "2026-11-27.a.x.json",
  ])
    assert.equal(parseLedgerFileName(other), undefined);
});
