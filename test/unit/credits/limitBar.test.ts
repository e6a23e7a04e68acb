import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { limitBar, usedLimit } from "../../../src/credits/limitBar";
import { colors, svgOf } from "../../fakes/svg";

const used = (limit: number | null, limitRemaining: number | null | undefined, warnBelow = 10) =>
  usedLimit({ limit, limitRemaining }, warnBelow);

test("how much of the limit is used, and how urgent that is", () => {
  assert.deepEqual(used(10, 7.5), { share: 0.25, severity: "normal" });
  assert.deepEqual(used(10, 0.5), { share: 0.95, severity: "warning" });
  assert.deepEqual(used(10, 0.5, 0), { share: 0.95, severity: "normal" }, "warnings are off");
  assert.deepEqual(used(10, 0), { share: 1, severity: "error" });
  assert.deepEqual(used(10, 1e-16), { share: 1, severity: "error" }, "a rest of floating-point arithmetic");
  assert.deepEqual(used(10, -2), { share: 1, severity: "error" }, "more than the limit");
  assert.deepEqual(used(0, 0), { share: 1, severity: "error" }, "a limit of nothing");
  assert.deepEqual(used(10, 12), { share: 0, severity: "normal" }, "more left than the limit");
});

test("the severity is that of the limit, also where the key expires soon", () => {
  const key = { limit: 10, limitRemaining: 5, expiresAt: new Date(1000).toISOString() };
  assert.equal(usedLimit(key, 10)?.severity, "normal");
});

test("without a limit, and without what is left of it, there is no bar", () => {
  assert.equal(used(null, null), undefined);
  assert.equal(used(null, 5), undefined);
  assert.equal(used(10, null), undefined);
  assert.equal(used(10, undefined), undefined);
});

test("all is used only where nothing is left, whatever the amounts are", () => {
  fc.assert(
    fc.property(fc.double(), fc.double(), fc.nat(100), (limit, left, warnBelow) => {
      const found = usedLimit({ limit, limitRemaining: left }, warnBelow);
      assert.ok(found && found.share >= 0 && found.share <= 1);
      if (left >= 1e-9) assert.ok(found.share < 1);
      if (left <= 0) assert.equal(found.share, 1);
    }),
  );
});

const filled = (share: number) => {
  const svg = svgOf(limitBar({ share, severity: "normal" }, colors));
  return Number(/url\(#a\)" width="([\d.]+)"/.exec(svg)?.[1]);
};

test("the bar is as long as what is used, in the color of its severity", () => {
  assert.equal(filled(0), 0);
  assert.equal(filled(0.25), 75);
  assert.equal(filled(1), 300);
  for (const severity of ["normal", "warning", "error"] as const) {
    const svg = svgOf(limitBar({ share: 0.5, severity }, colors));
    assert.deepEqual(svg.match(/#00\d/g), [colors.base, colors[severity]]);
  }
});

test("little that is used, or left, is seen", () => {
  assert.equal(filled(1e-9), 2);
  assert.equal(filled(1 - 1e-9), 298);
});

test("in high contrast the rest is an outline", () => {
  const svg = svgOf(limitBar({ share: 0.5, severity: "normal" }, { ...colors, isOutlined: true }));
  assert.match(svg, /fill="none" stroke="#004"/);
});

test("any share is a picture, within the bar", () => {
  fc.assert(
    fc.property(fc.double(), fc.boolean(), (share, isOutlined) => {
      svgOf(limitBar({ share, severity: "error" }, { ...colors, isOutlined }));
      assert.ok(filled(share) >= 0 && filled(share) <= 300);
    }),
  );
});
