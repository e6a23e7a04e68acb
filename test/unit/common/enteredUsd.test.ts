import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { enterableUsd, parseEnteredUsd } from "../../../src/common/enteredUsd";

for (const [text, usd] of [
  ["5", 5],
  ["0", 0],
  ["12.50", 12.5],
  ["12,50", 12.5],
  ["12,5", 12.5],
  [" $5 ", 5],
  ["$ 0.000000001", 1e-9],
  ["007", 7],
] as const) {
  test(`an amount is entered as ${JSON.stringify(text)}`, () => assert.equal(parseEnteredUsd(text), usd));
}

const none = [
  "",
  " ",
  "-1",
  "+1",
  "1,000",
  "1.000,50",
  "1,000.50",
  "1e3",
  "Infinity",
  "NaN",
  "0x10",
  "5 USD",
];
for (const text of [...none, ".5", "5.", "1.2.3", "1.0000000001", "1".repeat(10), "٣", "5\n6"]) {
  test(`no amount: ${JSON.stringify(text)}`, () => assert.equal(parseEnteredUsd(text), undefined));
}

test("an amount that is suggested is one that can be entered", () => {
  const billionths = fc.oneof(fc.nat(1000), fc.integer({ min: 0, max: 999_999 * 1e9 }));
  fc.assert(
    fc.property(billionths, (amount) => {
      const entered = parseEnteredUsd(enterableUsd(amount / 1e9));
      assert.equal(Math.round((entered ?? -1) * 1e9), amount);
    }),
  );
  assert.deepEqual([5, 0, 12.5, 100, 1e-9].map(enterableUsd), ["5", "0", "12.5", "100", "0.000000001"]);
});
