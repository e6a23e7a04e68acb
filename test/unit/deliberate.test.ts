import assert from "node:assert/strict";
import { test } from "node:test";
import { readingTime } from "../../src/common/readingTime";
import { deliberate } from "../../src/vscode/deliberate";

/** The answers of a user, each with the time it took, in milliseconds. */
async function answer<T>(
  t: { mock: { method: typeof import("node:test").mock.method } },
  ...answers: [T, number][]
) {
  let now = 5;
  t.mock.method(performance, "now", () => now);
  let asked = 0;
  const result = await deliberate(async () => {
    const [given, time] = answers[asked++] ?? assert.fail("asked too often");
    now += time;
    return given;
  });
  return { result, asked };
}

test("an answer that can't have been read for is asked for again, as often as that happens", async (t) => {
  const fast = readingTime - 1;
  assert.deepEqual(await answer(t, ["yes", 0], ["no", fast], ["yes", readingTime]), {
    result: "yes",
    asked: 3,
  });
});

test("who takes the time is asked once", async (t) =>
  assert.deepEqual(await answer(t, ["no", readingTime]), { result: "no", asked: 1 }));

for (const nothing of [undefined, false]) {
  test(`what allows nothing counts at once: ${nothing}`, async (t) =>
    assert.deepEqual(await answer(t, [nothing, 0]), { result: nothing, asked: 1 }));
}
