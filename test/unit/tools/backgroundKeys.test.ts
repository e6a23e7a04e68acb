import assert from "node:assert/strict";
import { test } from "node:test";
import { BackgroundKeys, hasKeysInTerminals } from "../../../src/tools/backgroundKeys";

function setUp() {
  const values = new Map<string, unknown>();
  const state = {
    get: <T>(name: string) => values.get(name) as T | undefined,
    async update(name: string, value: unknown) {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
  };
  const shown: (readonly string[])[] = [];
  const window: { keys: readonly string[]; isFocused: boolean } = {
    keys: ["key 1", "key 2"],
    isFocused: true,
  };
  const keys = new BackgroundKeys(state, {
    keys: async () => window.keys,
    isFocused: () => window.isFocused,
    show: (tools) => shown.push(tools),
  });
  return { state, values, shown, window, keys };
}

test("says once which tools got a key that is removed or replaced", async () => {
  const { state, shown, window, keys } = setUp();
  await keys.handedOver("key 1", "codex");
  await keys.handedOver("key 1", "clineCli");
  await keys.handedOver("key 1", "codex");
  await keys.handedOver("key 2", "claudeCode");
  await keys.check();
  assert.equal(shown.length, 0, "both are still there");

  window.keys = ["key 2", "its successor"];
  await keys.check();
  await keys.check();
  assert.deepEqual(shown, [["codex", "clineCli"]]);
  assert.ok(hasKeysInTerminals(state), "of the other key");

  window.keys = [];
  await keys.check();
  assert.deepEqual(shown[1], ["claudeCode"]);
  assert.ok(!hasKeysInTerminals(state), "so that the tools needn't be loaded");
});

test("says it again when a key was put back after it was removed, and is removed again", async () => {
  const { state, shown, window, keys } = setUp();
  await keys.handedOver("key 1", "codex");
  window.keys = [];
  await keys.check();
  window.keys = ["key 1"];
  await keys.check();
  assert.ok(hasKeysInTerminals(state), "also after a restart");
  window.keys = [];
  await keys.check();
  await keys.check();
  assert.deepEqual(shown, [["codex"], ["codex"]]);
});

test("doesn't take a key for removed that was connected while the keys were read", async () => {
  const { state, shown, window } = setUp();
  const keys = new BackgroundKeys(state, {
    async keys() {
      const read = window.keys;
      window.keys = [...read, "key 3"];
      await keys.handedOver("key 3", "codex");
      return read;
    },
    isFocused: () => true,
    show: (tools) => shown.push(tools),
  });
  await keys.handedOver("key 1", "codex");
  await keys.check();
  assert.deepEqual(shown, []);
  window.keys = [];
  await keys.check();
  assert.deepEqual(shown, [["codex"]]);
});

test("waits for a window with the focus, also after a restart", async () => {
  const { state, shown, window, keys } = setUp();
  await keys.handedOver("key 1", "codex");
  window.keys = [];
  window.isFocused = false;
  await keys.check();
  assert.equal(shown.length, 0);
  const later = new BackgroundKeys(state, {
    keys: async () => [],
    isFocused: () => true,
    show: (tools) => shown.push(tools),
  });
  await later.check();
  assert.deepEqual(shown, [["codex"]]);
});

test("keeps no key, and survives what it can't read", async () => {
  const { state, values, shown, window, keys } = setUp();
  await keys.handedOver("key 1", "codex");
  assert.doesNotMatch(JSON.stringify([...values]), /key 1/);
  for (const record of ["text", 1, { hash: "codex" }, [null]]) {
    await state.update("keysInTerminals", record);
    window.keys = [];
    await keys.check();
    await keys.handedOver("key 2", "codex");
    await keys.check();
  }
  assert.ok(shown.every((tools) => tools.join() === "codex"));
  assert.equal(shown.length, 4);
});

test("says nothing where the keys can't be read, and tries again", async () => {
  const { shown, window, keys } = setUp();
  await keys.handedOver("key 1", "codex");
  const readable = window.keys;
  Object.defineProperty(window, "keys", {
    configurable: true,
    get: () => {
      throw new Error("The keyring is locked");
    },
  });
  await assert.rejects(keys.check());
  Object.defineProperty(window, "keys", { value: readable.slice(1) });
  await keys.check();
  assert.deepEqual(shown, [["codex"]]);
});
