import { equal } from "node:assert/strict";
import fc from "fast-check";
import { formatTime, relativeTime } from "../../src/vscode/relativeTime";

const now = Date.UTC(2026, 10, 26);
const minute = 60_000;

describe("A time in words", () => {
  it("is in the largest unit that fits", () => {
    for (const [time, words] of [
      [0, "now"],
      [7000, "in 7 seconds"],
      [-100 * minute, "2 hours ago"],
      [47 * 60 * minute, "in 47 hours"],
      [48 * 60 * minute, "in 2 days"],
    ] as const) {
      equal(relativeTime(now + time, now), words);
    }
  });

  it("is a question mark where no date can hold it, since times come from outside", () => {
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY, -1e300, 8.64e15 + 1]) {
      equal(formatTime(time), "?");
      equal(relativeTime(time, 0), "?");
    }
    fc.assert(fc.property(fc.double(), fc.double(), (a, b) => void [formatTime(a), relativeTime(a, b)]));
  });
});
