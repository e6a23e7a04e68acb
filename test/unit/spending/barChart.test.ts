import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { type Bar, barChart } from "../../../src/spending/barChart";

/** What the picture was when somebody looked at it. `UPDATE_PICTURES=1 npm test -- unit -- barChart` writes it anew. */
const file = "test/unit/spending/barChart.html";

const bar = (title: string, values: readonly number[], label?: string): Bar => ({
  title: `${title}: $${values.reduce((sum, value) => sum + value, 0)}`,
  ...(label !== undefined && { label }),
  segments: values.map((value, i) => ({
    color: `series-${i + 1}`,
    value,
    title: `${title}, ${i + 1}: $${value}`,
  })),
});

test("the picture is as it was looked at", () => {
  const { text } = barChart({
    label: "Bar chart of four days: $10",
    ticks: [
      [0, "$0"],
      [2, "$2"],
      [4, "$4"],
      [6, "$6"],
    ],
    bars: [
      bar("Nov 24", [1, 2, 0.001], "Nov 24"),
      bar("Nov 25", []),
      bar("Nov 26", [0, 1]),
      bar("Nov 27", [3, 0, 3], "Nov 27"),
    ],
  });
  if (process.env.UPDATE_PICTURES) writeFileSync(file, `${text}\n`);
  assert.equal(`${text}\n`, readFileSync(file, "utf8"));
});

test("every other label can be left out, and never the last one", () => {
  const { text } = barChart({
    label: "",
    ticks: [
      [0, "0"],
      [1, "1"],
    ],
    bars: ["one", undefined, "two", "three", undefined, "four"].map((label) => bar("", [1], label)),
  });
  const labels = [...text.matchAll(/<text( class="spare")? x="[^"]*" y="100%" dy="1.5em"[^>]*>(\w+)</g)];
  assert.deepEqual(
    labels.map(([, spare, label]) => `${label}${spare ?? ""}`),
    ['one class="spare"', "two", 'three class="spare"', "four"],
  );
});

const number = (text: string | undefined) => Number(/^(-?[\d.]+)%$/.exec(text ?? "")?.[1] ?? Number.NaN);
const attribute = (element: string, name: string) =>
  number(new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1]);

test("bars are as high as their values, stacked without a gap, each within its own column", () => {
  const values = fc.array(fc.array(fc.nat(1000), { maxLength: 7 }), { minLength: 1, maxLength: 31 });
  fc.assert(
    fc.property(values, (days) => {
      const top = Math.max(1, ...days.map((day) => day.reduce((sum, value) => sum + value, 0)));
      const { text } = barChart({
        label: "",
        ticks: [
          [0, "0"],
          [top, "top"],
        ],
        bars: days.map((day) => bar("day", day)),
      });
      const groups = text.split("<g>").slice(1);
      assert.equal(groups.length, days.length);
      for (const [i, day] of days.entries()) {
        let y = 100;
        const rectangles = groups[i]?.match(/<rect class="bar [^>]*>/g) ?? [];
        const shown = day.filter((value) => value > 0);
        assert.equal(rectangles.length, shown.length);
        for (const [j, rectangle] of rectangles.entries()) {
          const height = attribute(rectangle, "height");
          assert.ok(Math.abs(height - (100 * (shown[j] ?? 0)) / top) < 0.001);
          y -= height;
          assert.ok(Math.abs(attribute(rectangle, "y") - y) < 0.01);
          const [left, width] = [attribute(rectangle, "x"), attribute(rectangle, "width")];
          assert.ok(left > (100 * i) / days.length && left + width < (100 * (i + 1)) / days.length);
        }
      }
    }),
  );
});
