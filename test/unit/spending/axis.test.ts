import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { axis } from "../../../src/spending/axis";

const usd = (amount: number) => Math.round(amount * 1e9);

for (const [greatest, ticks, decimals] of [
  [usd(0), [0, 0.005, 0.01], 3],
  [usd(0.000_000_001), [0, 0.000_000_001], 9],
  [usd(0.01), [0, 0.005, 0.01], 3],
  [usd(0.7), [0, 0.2, 0.4, 0.6, 0.8], 2],
  [usd(4), [0, 1, 2, 3, 4], 0],
  [usd(4.01), [0, 2, 4, 6], 0],
  [usd(567), [0, 200, 400, 600], 0],
] as const) {
  test(`an axis up to $${greatest / 1e9} is divided at round amounts`, () => {
    assert.deepEqual(axis(greatest), { ticks: ticks.map(usd), decimals });
  });
}

test("an axis holds the greatest amount, and doesn't go far beyond it", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (greatest) => {
      const { ticks, decimals } = axis(greatest);
      const [step, top] = [ticks[1] ?? 0, ticks.at(-1) ?? 0];
      assert.ok(ticks.length >= 2 && ticks.length <= 5);
      assert.match(String(step), /^[125]0*$/);
      assert.ok(top >= greatest && (greatest === 0 || top - greatest < step));
      assert.ok(decimals !== 1);
      // As many decimals as it takes to tell the ticks apart.
      assert.equal(step % 10 ** Math.max(0, 9 - decimals), 0);
    }),
  );
});
