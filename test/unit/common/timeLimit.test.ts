import assert from "node:assert/strict";
import { test } from "node:test";
import { withTimeLimit } from "../../../src/common/timeLimit";

test("work in time ends as it does, and leaves no timer", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const clear = context.mock.method(globalThis, "clearTimeout");
  assert.equal(await withTimeLimit(Promise.resolve("done"), 1000), "done");
  await assert.rejects(withTimeLimit(Promise.reject(new Error("failed")), 1000), /failed/);
  assert.equal(clear.mock.callCount(), 2);
});

test("work that takes longer is given up on", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let ended: unknown;
  const work = withTimeLimit(new Promise(() => {}), 1000).catch((error) => {
    ended = error;
  });
  context.mock.timers.tick(999);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ended, undefined);
  context.mock.timers.tick(1);
  await work;
  assert.match(String(ended), /1000 ms/);
});
