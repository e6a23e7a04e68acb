import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { spent, sum } from "../../../src/spending/amounts";
import { reportSince, spendingReport } from "../../../src/spending/spendingReport";
import { addDays, daysUntil, firstOfMonth } from "../../../src/spending/utcDays";
import { anySpendings, spending, today } from "./reportSpendings";

const noBudgets = () => undefined;
const total = (amounts: readonly { cost: number; upstreamCost: number }[]) =>
  amounts.reduce((all, { cost, upstreamCost }) => all + cost + upstreamCost, 0);

test("each table and the picture add up to all that was spent in 30 days", () => {
  fc.assert(
    fc.property(anySpendings, (spendings) => {
      const report = spendingReport(spendings, today, noBudgets);
      const recent = spendings.filter(({ day }) => day > addDays(today, -30) && day <= today);
      assert.deepEqual(report.total, sum(recent));
      for (const entries of [report.byExtension, report.byModel, report.byDay])
        assert.deepEqual(sum(entries), report.total);
      for (const day of report.byDay) assert.equal(total(day.parts), spent(day), day.day);
      const inMonth = spendings.filter(({ day }) => day.startsWith("2026-11"));
      assert.deepEqual(sum(report.month), sum(inMonth));
    }),
  );
});

test("the order of what was kept doesn't matter", () => {
  const ordered = anySpendings.chain((spendings) =>
    fc.tuple(
      fc.constant(spendings),
      fc.shuffledSubarray(spendings, { minLength: spendings.length, maxLength: spendings.length }),
    ),
  );
  fc.assert(
    fc.property(ordered, ([spendings, shuffled]) => {
      const report = spendingReport(spendings, today, noBudgets);
      assert.deepEqual(spendingReport(shuffled, today, noBudgets), report);
    }),
  );
});

test("what cost the same has an order as well", () => {
  const names = ["b.b", "c.c", "a.a"];
  const spendings = [
    ...names.map((extension) => spending({ extension })),
    spending({ extension: "z.z", requests: 2 }),
  ];
  assert.deepEqual(
    spendingReport(spendings, today, noBudgets).byExtension.map(({ name }) => name),
    ["z.z", "a.a", "b.b", "c.c"],
  );
});

test("there is an entry for each of the last 30 days, also for those without spending", () => {
  const report = spendingReport([spending({ day: "2026-11-25", cost: 5 })], today, noBudgets);
  assert.deepEqual(
    report.byDay.map(({ day }) => day),
    daysUntil(today, 30),
  );
  assert.equal(report.byDay[0]?.day, "2026-10-29");
  assert.deepEqual(
    report.byDay.map((day) => spent(day)).filter((cost) => cost > 0),
    [5],
  );
  assert.equal(report.byDay[27]?.parts[0]?.cost, 5);
});

test("six extensions stand apart, those that cost most, and the others are added up", () => {
  const spendings = [3, 9, 1, 7, 5, 8, 2, 4, 0].map((cost) => spending({ extension: `x.${cost}`, cost }));
  const { series, hasOthers, byDay, byExtension } = spendingReport(spendings, today, noBudgets);
  assert.deepEqual(series, ["x.9", "x.8", "x.7", "x.5", "x.4", "x.3"]);
  assert.equal(hasOthers, true);
  assert.deepEqual(
    byDay.at(-1)?.parts.map(({ cost }) => cost),
    [9, 8, 7, 5, 4, 3, 3],
  );
  assert.equal(byExtension.length, 9); // who spent nothing is in the table all the same
  const few = spendingReport(spendings.slice(0, 6), today, noBudgets);
  assert.equal(few.hasOthers, false);
  assert.equal(few.byDay.at(-1)?.parts.length, 6);
});

test("an extension that VS Code doesn't name isn't taken for the others", () => {
  const spendings = ["", ..."abcdef"].map((extension, i) => spending({ extension, cost: 10 - i }));
  const { series, byDay } = spendingReport(spendings, today, noBudgets);
  assert.deepEqual(series, ["", ..."abcde"]);
  assert.deepEqual(
    byDay.at(-1)?.parts.map(({ cost }) => cost),
    [10, 9, 8, 7, 6, 5, 4],
  );
});

test("what the user's own provider keys were charged counts in the order, and in the picture", () => {
  const spendings = [
    spending({ extension: "a.a", cost: 2 }),
    spending({ extension: "b.b", cost: 1, upstreamCost: 5 }),
  ];
  const { series, byDay } = spendingReport(spendings, today, noBudgets);
  assert.deepEqual(series, ["b.b", "a.a"]);
  assert.deepEqual(byDay.at(-1)?.parts.map(spent), [6, 2]);
});

test("the month is the calendar's, with each extension's budget", () => {
  const spendings = [
    spending({ day: "2026-10-31", cost: 100 }),
    spending({ day: "2026-11-01", cost: 1 }),
    spending({ day: "2026-11-27", cost: 2, extension: "b.b" }),
    spending({ day: "2026-12-01", cost: 1000 }),
  ];
  const { month } = spendingReport(spendings, today, (name) => (name === "b.b" ? 3 : undefined));
  assert.deepEqual(
    month.map(({ name, cost, budget }) => [name, cost, budget]),
    [
      ["b.b", 2, 3],
      ["a.a", 1, undefined],
    ],
  );
});

test("it needs what was spent in 30 days, and in a month of 31", () => {
  assert.equal(reportSince("2026-11-27"), "2026-10-29");
  assert.equal(reportSince("2026-12-31"), "2026-12-01");
  assert.equal(reportSince("2026-12-30"), "2026-12-01");
  assert.equal(reportSince("2027-03-01"), "2027-01-31");
  const days = fc.nat(4000).map((days) => addDays("2020-01-01", days));
  fc.assert(
    fc.property(days, (day) => {
      const since = reportSince(day);
      assert.ok(since <= firstOfMonth(day) && since <= addDays(day, -29));
    }),
  );
});
