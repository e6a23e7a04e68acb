import assert from "node:assert/strict";
import { test } from "node:test";
import { SerializedMemento } from "../../../src/common/serializedMemento";
import { noLog, recordLog } from "../../fakes/editor";

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

  const state = new SerializedMemento(echoingState(), noLog);
  await Promise.all(["a", "b", "c"].map((key, i) => state.update(key, i)));
  assert.deepEqual(
    ["a", "b", "c"].map((key) => state.get(key)),
    [0, 1, 2],
  );
});

test("a write can be read immediately, and is added to", async () => {
  const inner = echoingState();
  const state = new SerializedMemento(inner, noLog);
  const writing = state.update("a", { n: 1 });
  assert.deepEqual(state.get("a"), { n: 1 });
  const writingMore = state.update("a", { ...state.get<object>("a", {}), m: 2 });
  assert.deepEqual(state.get("a"), { n: 1, m: 2 });
  await Promise.all([writing, writingMore]);
  assert.deepEqual(inner.get("a"), { n: 1, m: 2 });
  assert.equal(state.get("none", "fallback"), "fallback");
});

test("the last write counts until it has ended, and then what the state says", async () => {
  const inner = echoingState();
  const update = async (key: string, value: unknown) => {
    await new Promise((resolve) => setImmediate(resolve));
    await inner.update(key, value);
  };
  const state = new SerializedMemento({ get: inner.get, update }, noLog);
  const first = state.update("a", 1);
  const second = state.update("a", 2);
  await first;
  assert.deepEqual([state.get("a"), inner.get("a")], [2, 1]);
  await second;
  await inner.update("a", 3); // another window
  assert.equal(state.get("a"), 3);
});

test("a write that fails is logged, rejects nothing, and counts in this window", async () => {
  const inner = echoingState();
  const { log, lines } = recordLog();
  const state = new SerializedMemento(
    {
      get: inner.get,
      update: (key, value) =>
        value === "bad" ? Promise.reject(new Error("full")) : inner.update(key, value),
    },
    log,
  );
  await Promise.all([state.update("a", "bad"), state.update("b", 1)]);
  assert.deepEqual([state.get("a"), inner.get("a"), inner.get("b")], ["bad", undefined, 1]);
  assert.match(lines.join(), /^warn Can't write a .*full/);
  await state.update("a", "good");
  assert.deepEqual([state.get("a"), inner.get("a")], ["good", "good"]);
});

test("a write that hangs doesn't block the next for longer than ten seconds", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const inner = echoingState();
  const { log, lines } = recordLog();
  const hanging = new Promise<void>(() => {});
  const update = (key: string, value: unknown) => (key === "a" ? hanging : inner.update(key, value));
  const state = new SerializedMemento({ get: inner.get, update }, log);
  const writing = Promise.all([state.update("a", 1), state.update("b", 2)]);
  await new Promise((resolve) => setImmediate(resolve)); // the first write has begun
  context.mock.timers.tick(10_000);
  await writing;
  assert.deepEqual([state.get("a"), inner.get("b"), lines.length], [1, 2, 1]);
});
