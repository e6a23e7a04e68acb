import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseHttpDate } from "../../../src/openrouter/httpDate";
import { longestWait, parseRetryAfter } from "../../../src/openrouter/retryAfter";
import { anyText } from "../arbitraries";

/** Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110. */
const time = Date.UTC(1994, 10, 6, 8, 49, 37);

for (const [header, expected] of [
  ["0", 0],
  ["7", 7000],
  [" 120 ", 120_000],
  ["0007", 7000],
  ["86400", longestWait],
  ["86401", longestWait],
  ["9".repeat(400), longestWait], // Infinity, as a number
  ["Sun, 06 Nov 1994 08:49:37 GMT", 60_000],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 60_000],
  ["Sun Nov  6 08:49:37 1994", 60_000],
  ["Sun, 06 Nov 1994 08:48:00 GMT", 0], // over already
  ["Sun, 06 Nov 2094 08:49:37 GMT", longestWait],
  ...[
    null,
    "",
    " ",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "1e400",
    "0x10",
    "Infinity",
    "NaN",
    "7 s",
    "7,8",
    "\u0667",
  ].map((nothing) => [nothing, undefined] as const),
  ...["tomorrow", "1994-11-06T08:49:37Z", "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37"].map(
    (nothing) => [nothing, undefined] as const,
  ),
  ["Sun, 06 Foo 1994 08:49:37 GMT", undefined],
  ["Sun, 06 Nov 1994 25:49:37 GMT", undefined],
] as const) {
  test(`Retry-After: ${String(header).slice(0, 40)} is a wait of ${expected} ms`, () =>
    assert.equal(parseRetryAfter(header, time - 60_000), expected));
}

test("whatever the header says, the wait is a number of milliseconds within a day, or unknown", () => {
  const header = fc.oneof(
    anyText(),
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.date({ noInvalidDate: false }).map((date) => (Number.isNaN(+date) ? "" : date.toUTCString())),
    fc.stringMatching(/^(Sun|Mon|x), \d\d (Nov|Xxx) \d{4} \d\d:\d\d:\d\d GMT$/),
  );
  fc.assert(
    fc.property(header, (text) => {
      const wait = parseRetryAfter(text, time);
      assert.ok(wait === undefined || (wait >= 0 && wait <= longestWait), `${wait}`);
    }),
    { numRuns: 2000 },
  );
});

test("text before or after a date makes it none", () => {
  for (const date of [
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
  ]) {
    assert.equal(parseHttpDate(date), time);
    for (const text of [`on ${date}`, `${date}, or so`]) assert.equal(parseHttpDate(text), undefined, text);
  }
});

test("every time to the second is read in all forms of an HTTP date", () => {
  const between = { min: new Date(Date.UTC(1970, 0)), max: new Date(Date.UTC(2049, 11, 31)) };
  fc.assert(
    fc.property(fc.date({ ...between, noInvalidDate: true }), (date) => {
      const [name = "", day = "", month = "", year = "", clock = ""] = date.toUTCString().split(/,? /);
      const long = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(date);
      for (const text of [
        `${name}, ${day} ${month} ${year} ${clock} GMT`,
        `${long}, ${day}-${month}-${year.slice(2)} ${clock} GMT`,
        `${name} ${month} ${day.replace(/^0/, " ")} ${clock} ${year}`,
      ]) {
        assert.equal(parseHttpDate(text), Math.floor(date.getTime() / 1000) * 1000, text);
      }
    }),
  );
});
