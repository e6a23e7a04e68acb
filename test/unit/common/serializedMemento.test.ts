import assert from "node:assert/strict";
import { test } from "node:test";
import { SerializedMemento } from "../../../src/common/serializedMemento";

/** A `globalState` like VS Code's, where each write eventually brings back the whole state that it sent. */
function echoingState() {
  let value: Record<string, unknown> = {};
  return {
    get: <T>(key: string, fallback?: T) => (value[key] as T | undefined) ?? (fallback as T),
    update: async (key: string, item: unknown) => {
      value = { ...value, [key]: item };
      const sent = value;
      await new Promise((resolve) => setImmediate(resolve));
      value = sent;
    },
  };
}

test("concurrent writes of different keys are all kept", async () => {
  const bare = echoingState();
  const first = bare.update("a", 1);
  await Promise.resolve();
  const second = bare.update("b", 2);
  await first;
  assert.equal(bare.get("b"), undefined, "VS Code loses it for a moment, and with the next write for good");
  await second;

  const state = new SerializedMemento(echoingState());
  await Promise.all(["a", "b", "c"].map((key, i) => state.update(key, i)));
  assert.deepEqual(
    ["a", "b", "c"].map((key) => state.get(key)),
    [0, 1, 2],
  );
});

test("a write can be read immediately, and a failed write doesn't block the next", async () => {
  const inner = echoingState();
  const state = new SerializedMemento({
    get: inner.get,
    update: (key, value) => (key === "bad" ? Promise.reject(new Error("full")) : inner.update(key, value)),
  });
  const writing = state.update("a", { n: 1 });
  assert.deepEqual(state.get("a"), { n: 1 });
  const writingMore = state.update("a", { ...state.get<object>("a", {}), m: 2 });
  assert.deepEqual(state.get("a"), { n: 1, m: 2 });
  await assert.rejects(state.update("bad", 1), /full/);
  assert.equal(state.get("bad"), undefined);
  await Promise.all([writing, writingMore]);
  assert.deepEqual(inner.get("a"), { n: 1, m: 2 });
  assert.equal(state.get("none", "fallback"), "fallback");
});
