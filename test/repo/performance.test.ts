import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pageWith } from "../bench/page";
import { formatReport, type Report } from "../bench/report";

const data = readFileSync("docs/performance.json", "utf8");
const page = readFileSync("docs/performance.md", "utf8");
const report: Report = JSON.parse(data);
const { rows } = report;

test("a reader can take in what the bench prints", () => {
  assert.ok(rows.length <= 36, `${rows.length} rows`);
  assert.equal(rows.filter(({ text }) => text.startsWith("getSession")).length, 3);
});

test("the table in docs/performance.md is made from docs/performance.json", () => {
  assert.equal(page, pageWith(page, report));
});

test("docs/performance.json is formatted as the bench does it", () => {
  assert.equal(data, formatReport(report));
});

test("each row has an ID of its own, and its ratio is that of the medians", () => {
  const medians = new Map(rows.map(({ id, median }) => [id, median]));
  assert.equal(medians.size, rows.length);
  for (const { id, median, comparedWith } of rows) {
    assert.match(id, /^[a-z]+(\.[a-z]+)+$/);
    if (!comparedWith) continue;
    const ratio = median / (medians.get(comparedWith.id) ?? Number.NaN);
    // All three are rounded.
    assert.ok(Math.abs(comparedWith.ratio / ratio - 1) < 0.02, `${id}: ${comparedWith.ratio}, not ${ratio}`);
  }
});
