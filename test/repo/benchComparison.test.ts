import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changes, comparisonText } from "../bench/comparison";
import type { Row } from "../bench/report";
import { ratio, report, row } from "./benchRows";

const exact = { exact: true };
const heap: Partial<Row> = { unit: "KB" };
const atLeast = { goal: { minRatio: 2 } };
const cases: [string, Row, Row, "better" | "worse" | "same"][] = [
  ["a size, by a byte", row("a", 80.202, exact), row("a", 80.203, exact), "worse"],
  ["a size that stays", row("a", 80.202, exact), row("a", 80.202, exact), "same"],
  ["a size, whatever its ratio is", row("a", 9, { ...exact, ...ratio(2) }), row("a", 8, exact), "better"],
  ["a time within the noise", row("a", 10), row("a", 19.9), "same"],
  ["a time that doubles", row("a", 10), row("a", 20), "worse"],
  ["a time that halves", row("a", 10), row("a", 5), "better"],
  ["a ratio within the noise, whatever the time is", row("a", 1, ratio(2)), row("a", 9, ratio(3.9)), "same"],
  ["a ratio that doubles", row("a", 1, ratio(2)), row("a", 1, ratio(4)), "worse"],
  ["a ratio that should be large", row("a", 1, ratio(2)), row("a", 1, { ...ratio(4), ...atLeast }), "better"],
  ["a ratio to another row", row("a", 1, ratio(2, "ours")), row("a", 1, ratio(9)), "same"],
  ["a heap within the noise", row("a", -9, heap), row("a", 11, heap), "same"],
  ["a heap beyond the noise", row("a", -9, heap), row("a", 12, heap), "worse"],
  ["another row", row("a", 10), row("b", 90), "same"],
];

for (const [name, before, now, expected] of cases) {
  test(`${expected}: ${name}`, () => {
    const [change] = changes(report(before), report(now));
    assert.equal(change ? (change.isBetter ? "better" : "worse") : "same", expected);
  });
}

test("times of another machine aren't compared, but sizes and ratios are", () => {
  const rows = (n: number) => [row("time", n), row("size", n, exact), row("ratio", n, ratio(n))];
  const found = changes({ ...report(...rows(1)), machine: "another" }, report(...rows(9)));
  assert.deepEqual(
    found.map(({ text }) => text),
    ["size", "ratio"],
  );
});

test("rows that are only there to compare ours with can't get better or worse", () => {
  const rows = (n: number, more: Partial<Row> = {}) => [row("empty", n, more), row("ours", 9, ratio(2))];
  assert.deepEqual(changes(report(...rows(1)), report(...rows(9))), []);
  const withGoal = { goal: { max: 9 } };
  assert.equal(changes(report(...rows(1, withGoal)), report(...rows(9, withGoal))).length, 1);
});

test("nothing differs from itself, and what got worse is better the other way round", () => {
  const value = fc.double({ min: -1000, max: 1000, noNaN: true });
  const kind = fc.constantFrom<Partial<Row>>({}, heap, exact);
  fc.assert(
    fc.property(value, value, kind, (a, b, more) => {
      const [one, other] = [report(row("a", a, more)), report(row("a", b, more))];
      assert.deepEqual(changes(one, one), []);
      const [there] = changes(one, other);
      const [back] = changes(other, one);
      if (there) assert.equal(there.isBetter, b < a);
      assert.deepEqual(
        back && [back.now, back.before, !back.isBetter],
        there && [there.before, there.now, there.isBetter],
      );
    }),
  );
});

test("what is printed names what changed, and the goals that aren't met", () => {
  const before = report(row("Callback", 10, { goal: { max: 20 } }));
  const now = report(row("Callback", 40, { goal: { max: 20 } }));
  assert.equal(
    comparisonText(before, now),
    `Changed since 2026-01-31 (sizes and counts: any change; ratios and times: from 2 times on):
  worse: Callback, from 10 ms to 40 ms

Goals not met:
  Callback, 40 ms instead of ≤ 20 ms`,
  );
  assert.match(comparisonText(before, before), /on\):\n {2}none\n\nGoals not met:\n {2}none$/);
  assert.match(comparisonText(undefined, now), /^There is no docs\/performance\.json/);
  const slow = row("Ours", 9, { ...ratio(3), goal: { maxRatio: 2 } });
  assert.match(comparisonText(before, report(slow)), /Ours, 3 × empty instead of ≤ 2 × empty$/);
});
