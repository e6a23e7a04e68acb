import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import fc from "fast-check";
import {
  addDays,
  daysUntil,
  firstOfMonth,
  firstOfNextMonth,
  firstOfWeek,
  startOf,
  utcDay,
} from "../../../src/spending/utcDays";

const { TZ } = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

// East and west of UTC, both with days of 23 and 25 hours, and one that once left out a day.
for (const zone of ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe"]) {
  test(`days, weeks, and months are those of UTC: ${zone}`, () => {
    process.env.TZ = zone;
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2011-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        (date) => {
          const day = utcDay(date.getTime());
          assert.ok(startOf(day) <= date.getTime() && date.getTime() < startOf(addDays(day, 1)));
          assert.equal(new Date(firstOfWeek(day)).getUTCDay(), 1);
          assert.ok(daysUntil(day, 7).includes(firstOfWeek(day)));
          const next = firstOfNextMonth(day);
          assert.match(firstOfMonth(day), /-01$/);
          assert.ok(firstOfMonth(day) <= day && day < next);
          assert.equal(addDays(next, -1).slice(0, 7), day.slice(0, 7));
          assert.equal(next.slice(8), "01");
        },
      ),
    );
    // An hour that daylight saving skips or repeats is as any other.
    assert.equal(utcDay(Date.parse("2026-03-29T01:30:00Z")), "2026-03-29");
    assert.equal(utcDay(Date.parse("2026-10-25T00:30:00Z")), "2026-10-25");
    assert.deepEqual(daysUntil("2026-03-30", 3), ["2026-03-28", "2026-03-29", "2026-03-30"]);
    assert.equal(utcDay(Date.parse("2026-11-30T23:59:59.999Z")), "2026-11-30");
    assert.equal(firstOfNextMonth("2026-12-31"), "2027-01-01");
    assert.equal(firstOfNextMonth("2026-01-31"), "2026-02-01");
    assert.equal(addDays("2028-02-28", 1), "2028-02-29");
  });
}
