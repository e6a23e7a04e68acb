import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayBars } from "../../../src/spending/dayBars";
import { colors, svgOf } from "../../fakes/svg";

/** The bars and the lines below them. */
function drawn(amounts: readonly number[]) {
  const svg = svgOf(dayBars(amounts, colors));
  const pathOf = (color: string) => new RegExp(`<path fill="${color}" d="([^"]*)"/>`).exec(svg)?.[1] ?? "";
  const numbers = /M([\d.]+) (\d+)(?:v-([\d.]+))?h([\d.]+)v1?[\d.]*(?:h-([\d.]+))?z/g;
  const parts = (color: string) =>
    [...pathOf(color).matchAll(numbers)].map(([, x, y, high, wide]) => ({
      x: Number(x),
      y: Number(y),
      high: Number(high ?? 0),
      wide: Number(wide),
    }));
  return { bars: parts(colors.normal), lines: parts(colors.base) };
}

test("bars are as high as their amounts, and each stands on its line", () => {
  const { bars, lines } = drawn([2, 0, 1, 4]);
  assert.deepEqual(
    bars.map(({ x, high }) => [x, high]),
    [
      [9.4, 19.5],
      [159.4, 9.8],
      [234.4, 39],
    ],
  );
  assert.deepEqual(
    lines.map(({ x }) => x),
    [9.4, 84.4, 159.4, 234.4],
  );
  for (const { y, wide } of [...bars, ...lines]) assert.deepEqual([y, wide], [39, 56.3]);
});

test("days without spending have the line only", () => {
  const { bars, lines } = drawn(new Array(14).fill(0));
  assert.equal(bars.length, 0);
  assert.equal(lines.length, 14);
});

test("whatever was spent is seen", () => {
  assert.deepEqual(
    drawn([1, 1e15]).bars.map(({ high }) => high),
    [1, 39],
  );
});

test("numbers that make no sense spoil no other bar", () => {
  const { bars, lines } = drawn([Number.NaN, -5, Number.POSITIVE_INFINITY, 2, 4]);
  assert.deepEqual(
    bars.map(({ high }) => high),
    [39, 19.5, 39],
  );
  assert.equal(lines.length, 5);
});

test("any amounts are a picture, within its size", () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 31 }), (amounts) => {
      const { bars, lines } = drawn(amounts);
      assert.equal(lines.length, amounts.length);
      assert.equal(bars.length, amounts.filter((amount) => amount > 0).length);
      for (const { x, wide, high } of bars) assert.ok(x >= 0 && x + wide <= 300 && high >= 1 && high <= 39);
    }),
  );
});
