import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUsd } from "../../../src/spending/amounts";
import { type KeyUsage, keyCounts } from "../../../src/spending/keyCount";
import { spending } from "./reportSpendings";

const friday = "2026-11-27";
const spendings = [
  spending({ day: "2026-10-31", cost: fromUsd(50) }),
  spending({ day: "2026-11-02", cost: fromUsd(5) }),
  spending({ day: "2026-11-22", cost: fromUsd(4) }), // Sunday
  spending({ day: "2026-11-23", cost: fromUsd(3) }),
  spending({ day: "2026-11-27", cost: fromUsd(0.1), upstreamCost: fromUsd(7) }),
  spending({ day: "2026-11-27", cost: fromUsd(0.2), extension: "b.b" }),
  spending({ day: "2026-11-27", cost: fromUsd(100), key: "another" }),
  spending({ day: "2026-11-28", cost: fromUsd(1000) }), // the clock was set back
];
const usage = (at: string, changes: Partial<KeyUsage> = {}): KeyUsage => ({
  at: Date.parse(at),
  daily: 0.3,
  weekly: 4,
  monthly: 12,
  ...changes,
});
const counts = (value: KeyUsage) =>
  keyCounts(spendings, "key", value, friday).map(({ period, theirs, ours, difference }) => [
    period,
    theirs,
    ours.cost,
    difference,
  ]);

test("what OpenRouter counted for a key stands beside what was counted here, by UTC", () => {
  assert.deepEqual(counts(usage("2026-11-27T10:00Z")), [
    ["today", fromUsd(0.3), fromUsd(0.3), 0], // exactly, where 0.1 + 0.2 isn't
    ["week", fromUsd(4), fromUsd(3.3), fromUsd(0.7)],
    ["month", fromUsd(12), fromUsd(12.3), fromUsd(-0.3)],
  ]);
});

test("an answer of before a day, a week, or a month began says nothing about it", () => {
  const known = (at: string) => counts(usage(at)).map(([, theirs]) => theirs !== undefined);
  assert.deepEqual(known("2026-11-27T00:00Z"), [true, true, true]);
  assert.deepEqual(known("2026-11-26T23:59Z"), [false, true, true]);
  assert.deepEqual(known("2026-11-22T23:59Z"), [false, false, true]);
  assert.deepEqual(known("2026-10-31T23:59Z"), [false, false, false]);
});

test("nothing is known that OpenRouter didn't say", () => {
  const value = usage("2026-11-27T10:00Z", { daily: null, weekly: undefined });
  assert.deepEqual(
    counts(value).map(([, theirs, , difference]) => [theirs, difference]),
    [
      [undefined, undefined],
      [undefined, undefined],
      [fromUsd(12), fromUsd(-0.3)],
    ],
  );
});
