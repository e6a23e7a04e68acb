import assert from "node:assert/strict";
import { test } from "node:test";
import { SerializedMemento } from "../../../src/common/serializedMemento";

/** A `globalState` whose writes are handed back as the whole state, as VS Code does it. */
function echoing() {
  let value: Record<string, unknown> = {};
  return {
    get: <T>(key: string, otherwise?: T) => (value[key] as T | undefined) ?? (otherwise as T),
    update: async (key: string, item: unknown) => {
      value = { ...value, [key]: item };
      const sent = value;
      await new Promise((resolve) => setImmediate(resolve));
      value = sent;
    },
  };
}

test("writes of different keys at the same moment are all kept", async () => {
  const bare = echoing();
  const late = bare.update("a", 1);
  await Promise.resolve();
  const later = bare.update("b", 2);
  await late;
  assert.equal(bare.get("b"), undefined, "VS Code loses it for a moment, and with the next write for good");
  await later;

  const state = new SerializedMemento(echoing());
  await Promise.all(["a", "b", "c"].map((key, i) => state.update(key, i)));
  assert.deepEqual(
    ["a", "b", "c"].map((key) => state.get(key)),
    [0, 1, 2],
  );
});

test("what was written is read at once, and a failed write doesn't hold up the next", async () => {
  const inner = echoing();
  const state = new SerializedMemento({
    get: inner.get,
    update: (key, value) => (key === "bad" ? Promise.reject(new Error("full")) : inner.update(key, value)),
  });
  const writing = state.update("a", { n: 1 });
  assert.deepEqual(state.get("a"), { n: 1 });
  const more = state.update("a", { ...state.get<object>("a", {}), m: 2 });
  assert.deepEqual(state.get("a"), { n: 1, m: 2 });
  await assert.rejects(state.update("bad", 1), /full/);
  assert.equal(state.get("bad"), undefined);
  await Promise.all([writing, more]);
  assert.deepEqual(inner.get("a"), { n: 1, m: 2 });
  assert.equal(state.get("none", "otherwise"), "otherwise");
});
