import assert from "node:assert/strict";
import { test } from "node:test";
import { raisedBudgets } from "../../../src/spending/raisedBudgets";

const [one, five, ten] = [1e9, 5e9, 10e9];

const cases: [string, object, object, object[]][] = [
  ["raised", { "a.b": 5 }, { "a.b": 10 }, [{ extension: "a.b", before: five, after: ten }]],
  [
    "by a billionth",
    { "a.b": 5 },
    { "a.b": 5.000000001 },
    [{ extension: "a.b", before: five, after: five + 1 }],
  ],
  ["raised from nothing", { "a.b": 0 }, { "a.b": 1 }, [{ extension: "a.b", before: 0, after: one }]],
  ["lowered", { "a.b": 10 }, { "a.b": 5 }, []],
  ["the same", { "a.b": 10 }, { "A.B": 10 }, []],
  ["another spelling, raised", { "a.b": 5 }, { "A.B": 10 }, [{ extension: "A.B", before: five, after: ten }]],
  ["a first one", {}, { "a.b": 5 }, []],
  ["removed", { "a.b": 5 }, {}, [{ extension: "a.b", before: five, after: undefined }]],
  ["removed, with a lower one for all", { "a.b": 5, "*": 1 }, { "*": 1 }, []],
  [
    "removed, with a higher one for all",
    { "a.b": 5, "*": 10 },
    { "*": 10 },
    [{ extension: "a.b", before: five, after: ten }],
  ],
  [
    "its own, above that for all",
    { "*": 1 },
    { "*": 1, "a.b": 5 },
    [{ extension: "a.b", before: one, after: five }],
  ],
  [
    "that for all",
    { "*": 1, "a.b": 5 },
    { "*": 10, "a.b": 5 },
    [{ extension: "*", before: one, after: ten }],
  ],
  [
    "all removed",
    { "*": 1, "a.b": 5 },
    {},
    [
      { extension: "*", before: one, after: undefined },
      { extension: "a.b", before: five, after: undefined },
    ],
  ],
  ["made invalid", { "a.b": 5 }, { "a.b": "x" }, []],
  ["made valid", { "a.b": "x" }, { "a.b": 5 }, [{ extension: "a.b", before: 0, after: five }]],
];

for (const [name, before, after, raised] of cases) {
  test(`which budgets were raised: ${name}`, () => assert.deepEqual(raisedBudgets(before, after), raised));
}

test("a setting that is no object has allowed nothing, and allows nothing", () => {
  assert.deepEqual(raisedBudgets({ "a.b": 5 }, null), []);
  assert.deepEqual(raisedBudgets("x", { "a.b": 5 }), [{ extension: "a.b", before: 0, after: five }]);
});
