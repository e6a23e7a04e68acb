import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isDue, keyRefusal } from "../../../src/credits/keyRefusal";
import type { KeyRecord } from "../../../src/credits/sharedCredits";
import { hour, minute, session } from "../../fakes/windows";

const key = session("a");
const withheld = { ...key, refused: true };
const askedAt = 1_000_000_000;
const worked: KeyRecord = {
  createdAt: 1,
  askedAt,
  answer: { at: 1, keyInfo: { limit: null } },
};
const untried: KeyRecord = { createdAt: 1, askedAt };
const refused = (record: KeyRecord, count: number): KeyRecord => ({
  ...record,
  refusals: { count, at: askedAt },
});

for (const [name, keyOfSession, record, expected] of [
  ["nothing is known", key, undefined, undefined],
  ["it was never rejected", key, worked, undefined],
  ["it worked, then was rejected once", key, refused(worked, 1), "unconfirmed"],
  ["it worked, then was rejected twice", key, refused(worked, 2), "confirmed"],
  ["it never worked, and was rejected once", key, refused(untried, 1), "confirmed"],
  ["it is withheld, and nothing else is known", withheld, undefined, "confirmed"],
  ["it is withheld, and was rejected once in this profile", withheld, refused(worked, 1), "confirmed"],
] as const) {
  test(`a key's refusal is ${expected} when ${name}`, () =>
    assert.equal(keyRefusal(keyOfSession, record), expected));
}

for (const [name, keyOfSession, record, wait] of [
  ["after an answer", key, worked, 5 * minute],
  ["after no answer", key, untried, 5 * minute],
  ["after the first rejection of a key that worked", key, refused(worked, 1), 45_000],
  ["after the second", key, refused(worked, 2), 5 * minute],
  ["after the third", key, refused(worked, 3), 10 * minute],
  ["after the seventh", key, refused(worked, 7), 160 * minute],
  ["after the eighth", key, refused(worked, 8), 4 * hour],
  ["after the first rejection of a key that never worked", key, refused(untried, 1), 5 * minute],
  ["after the second one of such a key", key, refused(untried, 2), 10 * minute],
  ["after the first rejection in this profile", withheld, refused(worked, 1), 5 * minute],
  ["after a network failure", key, { ...refused(worked, 1), askedAt: askedAt + 1 }, 5 * minute],
] as const) {
  test(`${name}, a key is asked about again after ${wait / minute} minutes`, () => {
    assert.equal(isDue(keyOfSession, record, record.askedAt + wait), false);
    assert.equal(isDue(keyOfSession, record, record.askedAt + wait + 1), true);
  });
}

test("a key of which nothing is known is asked about at once", () => {
  assert.equal(isDue(key, undefined, 0), true);
});

test("however often a key was rejected, and wherever the clock was set, it's asked about within four hours", () => {
  const record = fc.record({
    count: fc.integer(),
    asked: fc.integer(),
    refused: fc.integer(),
    knows: fc.boolean(),
  });
  fc.assert(
    fc.property(record, fc.boolean(), ({ count, asked, refused: at, knows }, isWithheld) => {
      const known: KeyRecord = { ...(knows ? worked : untried), askedAt: asked, refusals: { count, at } };
      const now = 0;
      const later = [now, now + 5 * minute, now + 4 * hour + 5 * minute + 1];
      assert.ok(later.some((time) => isDue(isWithheld ? withheld : key, known, time)));
    }),
  );
});

test("a clock that was set back by more than five minutes makes a rejected key due at once", () => {
  const record = refused(worked, 9);
  assert.equal(isDue(withheld, record, askedAt - 5 * minute), false);
  assert.equal(isDue(withheld, record, askedAt - 5 * minute - 1), true);
});
