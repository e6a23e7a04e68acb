import assert from "node:assert/strict";
import { test } from "node:test";
import { goalText, meetsGoal } from "../bench/goals";
import { pageWith, table } from "../bench/page";
import { createReport, type Measurement, type Row } from "../bench/report";
import { ratio, report, row } from "./benchRows";

test("a report has the medians of the samples, and the ratios of the unrounded medians", () => {
  const ours: Measurement = {
    id: "ours",
    text: "Ours",
    unit: "ms",
    samples: [4, 8.0302],
    comparedWith: { id: "empty", name: "empty" },
  };
  const { rows } = createReport("2026-01-31", "M", [
    { id: "empty", text: "Empty", unit: "ms", samples: [3.0049, 1234.4, 2] },
    ours,
    { id: "size", text: "Size", unit: "KB", samples: [80.202], exact: true },
  ]);
  assert.deepEqual(
    rows.map(({ median, min, max, runs, comparedWith }) => [median, min, max, runs, comparedWith?.ratio]),
    [
      [3, 2, 1234, 3, undefined],
      [6.02, 4, 8.03, 2, 2],
      [80.202, 80.202, 80.202, 1, undefined],
    ],
  );
  assert.throws(() => createReport("2026-01-31", "M", [ours]), /empty was not measured/);
});

const goals: [string, Row, string, boolean][] = [
  ["no more than", row("a", 20, { goal: { max: 20 } }), "≤ 20 ms", true],
  ["more than", row("a", 20.1, { goal: { max: 20 } }), "≤ 20 ms", false],
  ["as many as", row("a", 12, { unit: "", goal: { max: 12 } }), "≤ 12", true],
  ["a ratio of no more than", row("a", 9, { ...ratio(2), goal: { maxRatio: 2 } }), "≤ 2 × empty", true],
  ["a ratio of more than", row("a", 1, { ...ratio(2.1), goal: { maxRatio: 2 } }), "≤ 2 × empty", false],
  ["a ratio of no less than", row("a", 1, { ...ratio(2), goal: { minRatio: 2 } }), "≥ 2 × empty", true],
  ["a ratio of less than", row("a", 9, { ...ratio(1.9), goal: { minRatio: 2 } }), "≥ 2 × empty", false],
  ["anything, without a goal", row("a", 9), "", true],
];

for (const [name, it, text, isMet] of goals) {
  test(`goals: ${name} ${text}`, () => {
    assert.equal(goalText(it), text);
    assert.equal(meetsGoal(it), isMet);
  });
}

test("a ratio that wasn't measured meets no goal", () => {
  assert.equal(meetsGoal(row("a", 1, { goal: { maxRatio: 2 } })), false);
});

test("the page gets the new table in place of the old one, and keeps the rest", () => {
  const rows = [row("$& Ours", 4.5, { min: 1, max: 123.4, ...ratio(2), goal: { maxRatio: 2 } })];
  assert.equal(
    table(rows),
    `|         | Median | Least–most | Runs | Compared  | Goal        |
| ------- | ------ | ---------- | ---- | --------- | ----------- |
| $& Ours | 4.5 ms | 1–123      | 15   | 2 × empty | ≤ 2 × empty |`,
  );
  assert.equal(
    pageWith("Above\n<!-- bench -->old\nold<!-- /bench -->\nbelow", report(...rows)),
    `Above\n<!-- bench -->\n\nM, 2026-01-31.\n\n${table(rows)}\n\n<!-- /bench -->\nbelow`,
  );
  assert.throws(() => pageWith("A page", report(...rows)), /no place/);
});
