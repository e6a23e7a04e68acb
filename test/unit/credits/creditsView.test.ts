import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatCost, formatSpending, formatUsd, withoutRest } from "../../../src/common/usd";
import {
  type CreditAlert,
  creditAlerts,
  creditsView,
  nextReset,
  type Row,
} from "../../../src/credits/creditsView";
import { serverTime } from "../../../src/credits/serverClock";
import type { KeyInfo } from "../../../src/openrouter/keyInfo";

/** A Wednesday. */
const now = Date.UTC(2025, 10, 26, 15, 30);
const day = 24 * 60 * 60_000;
const key: KeyInfo = {
  label: "sk-or-v1-0e6...1c96",
  limit: 10,
  limitRemaining: 7.45,
  limitReset: null,
  usageDaily: 0.25,
  usageWeekly: 1,
  usageMonthly: 2.55,
  expiresAt: null,
  isFreeTier: false,
};
const inDays = (days: number) => new Date(now + days * day).toISOString();

type Expected = {
  left?: number;
  usedToday?: number | undefined;
  severity?: "normal" | "warning" | "error";
  rows?: Row[];
};
for (const [name, fields, expected] of [
  ["a limit that never resets", {}, { left: 7.45, rows: [{ name: "limit", usd: 10 }] }],
  [
    "nothing left but a rest of floating-point arithmetic",
    { limitRemaining: 0.1 + 0.2 - 0.3 },
    { left: 0, severity: "error", rows: [{ name: "left", usd: 0 }] },
  ],
  [
    "nothing left but a negative rest",
    { limitRemaining: 0.3 - (0.1 + 0.2), usageDaily: -1e-17 },
    {
      left: 0,
      severity: "error",
      rows: [
        { name: "left", usd: 0 },
        { name: "usedToday", usd: 0 },
      ],
    },
  ],
  ["the smallest amount that is shown", { limitRemaining: 1e-9 }, { left: 1e-9, severity: "warning" }],
  [
    "no limit, and a rest of usage",
    { limit: null, limitRemaining: null, usageDaily: 1.1e-16 },
    { usedToday: 0 },
  ],
  ["all spent", { limitRemaining: 0 }, { left: 0, severity: "error" }],
  [
    "more spent than the limit: nothing left, and the row shows by how much",
    { limitRemaining: -0.3 },
    { left: 0, severity: "error", rows: [{ name: "left", usd: -0.3 }] },
  ],
  ["at the threshold", { limitRemaining: 1 }, { left: 1 }],
  ["just below the threshold", { limitRemaining: 0.999 }, { left: 0.999, severity: "warning" }],
  ["a tiny amount left", { limitRemaining: 0.000012 }, { left: 0.000012, severity: "warning" }],
  ["a limit of zero", { limit: 0, limitRemaining: 0 }, { left: 0, severity: "error" }],
  [
    "no limit: today's usage is shown",
    { limit: null, limitRemaining: null },
    { usedToday: 0.25, rows: [{ name: "limit" }] },
  ],
  [
    "no limit and unknown usage",
    { limit: null, limitRemaining: null, usageDaily: null },
    { usedToday: undefined },
  ],
  ["the amount left is unknown, and not calculated", { limitRemaining: undefined }, { usedToday: 0.25 }],
  [
    "limit_remaining is used, not limit - usage",
    { limitRemaining: 9, usageMonthly: 500 },
    { left: 9, rows: [{ name: "usedThisMonth", usd: 500 }] },
  ],
  [
    "daily reset",
    { limitReset: "daily" },
    { left: 7.45, rows: [{ name: "resets", text: "daily", time: Date.UTC(2025, 10, 27) }] },
  ],
  [
    "weekly reset",
    { limitReset: "weekly" },
    { left: 7.45, rows: [{ name: "resets", text: "weekly", time: Date.UTC(2025, 11, 1) }] },
  ],
  [
    "monthly reset",
    { limitReset: "monthly" },
    { left: 7.45, rows: [{ name: "resets", text: "monthly", time: Date.UTC(2025, 11, 1) }] },
  ],
  [
    "an unknown reset, which OpenRouter may add",
    { limitReset: "yearly" },
    { left: 7.45, rows: [{ name: "resets", text: "yearly" }] },
  ],
  [
    "four days before it expires",
    { expiresAt: inDays(4) },
    { left: 7.45, rows: [{ name: "expires", time: now + 4 * day }] },
  ],
  ["three days before it expires", { expiresAt: inDays(3) }, { left: 7.45, severity: "warning" }],
  ["at the moment it expires", { expiresAt: inDays(0) }, { left: 7.45, severity: "error" }],
  ["after it expired", { expiresAt: inDays(-1) }, { left: 7.45, severity: "error" }],
  ["no expiry", { expiresAt: null }, { left: 7.45, rows: [{ name: "expires" }] }],
  ["a huge limit, most of which is left", { limit: 1e308, limitRemaining: 9e307 }, { left: 9e307 }],
  ["free tier", { isFreeTier: true }, { left: 7.45, rows: [{ name: "tier" }] }],
] as [string, Partial<KeyInfo>, Expected][]) {
  test(name, () => {
    const { left, usedToday, severity = "normal", rows = [] } = expected;
    const view = creditsView({ ...key, ...fields }, { now, warnBelow: 10 });
    assert.deepEqual(view.headline, left === undefined ? { usedToday } : { left });
    assert.equal(view.severity, severity);
    for (const row of rows) {
      assert.deepEqual(
        view.rows.find((candidate) => candidate.name === row.name),
        row,
      );
    }
  });
}

test("the rows have a fixed order, and unknown values have no row", () => {
  const all = { ...key, limitReset: "daily", isFreeTier: true };
  assert.deepEqual(
    creditsView(all, { now, warnBelow: 10 }).rows.map((row) => row.name),
    ["limit", "left", "resets", "usedToday", "usedThisWeek", "usedThisMonth", "expires", "tier", "label"],
  );
  for (const limitReset of [null, "monthly"]) {
    assert.deepEqual(
      creditsView({ limit: null, limitReset }, { now, warnBelow: 10 }).rows.map((row) => row.name),
      ["limit", "expires"],
    );
  }
});

test("an expiry that is no time is unknown, not never", () => {
  for (const expiresAt of ["soon", "2026-13-01T00:00:00Z", "+300000-01-01T00:00:00Z"]) {
    const { rows, severity } = creditsView({ ...key, expiresAt }, { now, warnBelow: 10 });
    assert.ok(!rows.some(({ name }) => name === "expires"), expiresAt);
    assert.equal(severity, "normal");
  }
});

const alertIds = (fields: Partial<KeyInfo>, options: Partial<{ now: number; warnBelow: number }> = {}) =>
  creditAlerts({ ...key, ...fields }, { now, warnBelow: 10, ...options }).map(({ id }: CreditAlert) => id);

test("an alert keeps its id within a reset period, and gets a new one in the next", () => {
  const low = { limitRemaining: 0.5, limitReset: "monthly" };
  const november = alertIds(low);
  assert.equal(november.length, 1);
  assert.deepEqual(alertIds({ ...low, limitRemaining: 0.1 }, { now: now + day }), november);
  assert.notDeepEqual(alertIds(low, { now: now + 6 * day }), november);
  assert.match(november[0] ?? "", /^low\//);
  assert.match(alertIds({ ...low, limitRemaining: 0 })[0] ?? "", /^empty\//);
  assert.notDeepEqual(
    alertIds({ ...low, limit: 100 }),
    november,
    "the limit was raised and is nearly used up again",
  );
  assert.deepEqual(alertIds(low, { warnBelow: 0 }), []);
});

test("a key can be nearly used up and about to expire", () => {
  assert.equal(alertIds({ limitRemaining: 0.5, expiresAt: inDays(1) }).length, 2);
});

test("an expiry has one alert before it, and a new one when it changes", () => {
  const expiresAt = inDays(1);
  const expiring = alertIds({ expiresAt });
  assert.deepEqual(expiring, [`expiring/${Date.parse(expiresAt)}`]);
  assert.deepEqual(alertIds({ expiresAt }, { now: now + day / 2 }), expiring);
  assert.deepEqual(alertIds({ expiresAt }, { now: now + day }), []); // OpenRouter refuses it, which is told
  assert.notDeepEqual(alertIds({ expiresAt: inDays(2) }), expiring);
});

for (const [name, fields, context, expected] of [
  ["a clock a year ahead", { expiresAt: inDays(30) }, { clock: 365 }, {}],
  ["a clock a year behind", { expiresAt: inDays(1) }, { clock: -365 }, { alert: true, severity: "warning" }],
  ["a clock that is right", { expiresAt: inDays(1) }, { clock: 0 }, { alert: true, severity: "warning" }],
  ["an expiry since the response", { expiresAt: inDays(1) }, { clock: 365, later: 2 }, { severity: "error" }],
  ["an expiry at the moment of the response", { expiresAt: inDays(0) }, { clock: 0 }, {}],
  ["a clock a year ahead of an unknown one", { expiresAt: inDays(30) }, { clock: 365, hidden: true }, {}],
  ["the same, later", { expiresAt: inDays(30) }, { clock: 365, hidden: true, later: 1 }, {}],
  [
    "an unknown clock, and an expiry since the response",
    { expiresAt: inDays(1) },
    { clock: 0, hidden: true, later: 2 },
    { severity: "error" },
  ],
] as [
  string,
  Partial<KeyInfo>,
  { clock: number; later?: number; hidden?: true },
  { alert?: true; severity?: string },
][]) {
  test(`a key that OpenRouter accepts, with ${name}, ${expected.severity ?? "is all right"}`, () => {
    const at = now + context.clock * day;
    const told = { ...key, ...fields, ...(!context.hidden && { answeredAt: now }) };
    const options = { now: at + (context.later ?? 0) * day, at, warnBelow: 10 };
    assert.equal(creditsView(told, options).severity, expected.severity ?? "normal");
    assert.equal(creditAlerts(told, options).length, expected.alert ? 1 : 0);
  });
}

test("a limit resets by OpenRouter's clock, unless the difference is within what a response takes", () => {
  const resetTime = (clock: number) => {
    const told = { ...key, limitReset: "daily", answeredAt: now };
    const { rows } = creditsView(told, { now: now + clock, at: now + clock, warnBelow: 10 });
    return rows.find(({ name }) => name === "resets")?.time;
  };
  for (const clock of [0, 40 * day, -40 * day, 59_000])
    assert.equal(resetTime(clock), Date.UTC(2025, 10, 27));
  assert.equal(serverTime(now, undefined, now - day), now, "without a response, nothing is known of it");
  assert.equal(serverTime(now, now, now - 59_999), now);
  assert.equal(serverTime(now, now, now - 60_000), now - 60_000);
});

test("an expiry that can't be read has no row, since it doesn't mean never", () => {
  const { rows } = creditsView({ ...key, expiresAt: "soon" }, { now, warnBelow: 10 });
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["limit", "left", "usedToday", "usedThisWeek", "usedThisMonth", "label"],
  );
});

for (const [reset, from, next] of [
  ["daily", Date.UTC(2025, 11, 31, 23, 59, 59), Date.UTC(2026, 0, 1)],
  ["weekly", Date.UTC(2025, 10, 24), Date.UTC(2025, 11, 1)], // the first moment of a Monday
  ["weekly", Date.UTC(2025, 10, 30, 23), Date.UTC(2025, 11, 1)], // a Sunday
  ["monthly", Date.UTC(2025, 11, 31), Date.UTC(2026, 0, 1)],
  ["monthly", Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 1)],
  ["never", now, undefined],
] as [string, number, number | undefined][]) {
  test(`next ${reset} reset after ${new Date(from).toISOString()}`, () =>
    assert.equal(nextReset(reset, from), next));
}

for (const [amount, text] of [
  [12.5, "$12.50"],
  [7.4512345, "$7.45"],
  [1234.5, "$1,234.50"],
  [0, "$0.00"],
  [-0, "$0.00"],
  [0.5, "$0.50"],
  [1, "$1.00"],
  [0.0375, "$0.038"],
  [0.000012, "$0.000012"],
  [1e-9, "$0.000000001"],
  [-0.3, "-$0.30"],
  [-5.6e-17, "$0.00"],
  [1.1e-16, "$0.00"],
  [4.9e-10, "$0.00"],
  [5e-10, "$0.000000001"],
  [1e15, "$1.00E15"],
  [1e308, "$1.00E308"],
] as const) {
  test(`${amount} USD of spending is formatted as ${text}`, () =>
    assert.equal(formatSpending(amount, "en"), text));
}

for (const [amount, text] of [
  [0.0312, "$0.0312"],
  [0.031249, "$0.0312"],
  [0.5, "$0.50"],
  [0, "$0.00"],
  [1.23456, "$1.23"],
  [0.0000123, "$0.000012"],
] as const) {
  test(`${amount} USD for a request is formatted as ${text}`, () =>
    assert.equal(formatCost(amount, "en"), text));
}

test("what prints as zero is zero, and any amount prints as one that fits the status bar", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (usd) => {
      for (const text of [formatCost(usd, "en"), formatSpending(usd, "en"), formatUsd(usd, "en")]) {
        const isZero = /^\$0\.0+$/.test(text);
        assert.equal(isZero, withoutRest(usd) === 0, `${usd}: ${text}`);
        assert.ok(text.length < 32, text);
        assert.doesNotMatch(text, /-\$0\.0+$/);
      }
    }),
  );
});

test("an exact amount keeps all its digits", () => {
  assert.deepEqual(
    ["12.5", "0.0001", 12.345678, 0].map((usd) => formatUsd(usd, "en")),
    ["$12.50", "$0.0001", "$12.345678", "$0.00"],
  );
});
