import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { budgetOf, withBudget } from "../../../src/spending/budgetSetting";

const usd = (amount: number) => amount * 1e9;

test("an extension's own budget counts, else the one for all that have none", () => {
  const setting = { "a.b": 5, "*": 1.5, "github.copilot-chat": 0 };
  assert.deepEqual(budgetOf(setting, "a.b"), { amount: usd(5), isOwn: true });
  assert.deepEqual(budgetOf(setting, "c.d"), { amount: usd(1.5), isOwn: false });
  assert.deepEqual(budgetOf(setting, ""), { amount: usd(1.5), isOwn: false });
  assert.deepEqual(budgetOf(setting, "github.copilot-chat"), { amount: 0, isOwn: true });
  assert.equal(budgetOf({ "a.b": 5 }, "c.d"), undefined);
  for (const name of ["constructor", "__proto__", "toString"]) assert.equal(budgetOf({}, name), undefined);
});

test("the case of an id doesn't matter, and of two entries for one extension the lower counts", () => {
  assert.deepEqual(budgetOf({ "GitHub.Copilot-Chat": 2 }, "github.copilot-chat"), {
    amount: usd(2),
    isOwn: true,
  });
  assert.deepEqual(budgetOf({ "a.b": 2 }, "A.B"), { amount: usd(2), isOwn: true });
  assert.deepEqual(budgetOf({ "a.b": 7, "A.b": 3 }, "a.b"), { amount: usd(3), isOwn: true });
});

test("amounts are exact in billionths of a USD", () => {
  assert.deepEqual(budgetOf({ "a.b": 0.000000001 }, "a.b"), { amount: 1, isOwn: true });
  assert.deepEqual(budgetOf({ "a.b": 0.1 + 0.2 }, "a.b"), { amount: usd(0.3), isOwn: true });
});

for (const wrong of [-1, -0.001, Number.NaN, Number.POSITIVE_INFINITY, "5", null, true, [], {}, undefined]) {
  test(`an amount of ${JSON.stringify(wrong) ?? wrong} allows nothing to whom it applies, and nobody else is affected`, () => {
    assert.equal(budgetOf({ "a.b": wrong, "*": 5 }, "a.b"), "invalid");
    assert.equal(budgetOf({ "a.b": wrong, "A.B": 5 }, "a.b"), "invalid");
    assert.deepEqual(budgetOf({ "a.b": wrong, "*": 5 }, "c.d"), { amount: usd(5), isOwn: false });
    assert.equal(budgetOf({ "a.b": 5, "*": wrong }, "c.d"), "invalid");
    assert.deepEqual(budgetOf({ "a.b": 5, "*": wrong }, "a.b"), { amount: usd(5), isOwn: true });
  });
}

test("a setting that isn't an object allows nothing, and isn't replaced", () => {
  for (const wrong of [null, undefined, [], [5], "5", 5, true]) {
    assert.equal(budgetOf(wrong, "a.b"), "invalid");
    assert.throws(() => withBudget(wrong, "a.b", 5), TypeError);
  }
});

test("a budget is written for one extension, as its id is spelled there, and nothing else is changed", () => {
  const setting = { "A.B": 5, "a.b": "x", "*": -1, "c.d": 2 };
  assert.deepEqual(withBudget(setting, "a.B", 7), { "*": -1, "c.d": 2, "A.B": 7 });
  assert.deepEqual(withBudget(setting, "a.B", undefined), { "*": -1, "c.d": 2 });
  assert.deepEqual(withBudget(setting, "e.F", 0), { ...setting, "e.F": 0 });
  assert.deepEqual(withBudget({}, "e.f", undefined), {});
});

test("what is written is what applies", () => {
  const id = fc.constantFrom("a.b", "A.B", "c.d", "*", "__proto__", "github.copilot-chat");
  const amount = fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.anything());
  const setting = fc.array(fc.tuple(id, amount)).map((entries) => Object.fromEntries(entries) as object);
  fc.assert(
    fc.property(setting, id, fc.nat(1e8), id, (before, extension, cents, other) => {
      const after = withBudget(before, extension, cents / 100);
      assert.deepEqual(budgetOf(after, extension), { amount: cents * 1e7, isOwn: true });
      const same = [extension.toLowerCase(), "*"].includes(other.toLowerCase()) || extension === "*";
      if (!same) assert.deepEqual(budgetOf(after, other), budgetOf(before, other));
    }),
  );
});
