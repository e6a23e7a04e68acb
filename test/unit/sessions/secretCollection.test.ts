import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod/mini";
import { SecretCollection, SecretStorageError } from "../../../src/sessions/secretCollection";
import { FakeSecretStorage } from "../../fakes/secrets";

const minute = 60_000;

/** One window's collection of numbers, and the ids of the changes that it reported. */
function open(storage: FakeSecretStorage, beforeWrite = async () => {}) {
  const records = new SecretCollection(storage.window(), "number", z.number(), beforeWrite);
  const changes: string[] = [];
  records.onDidChange((id) => changes.push(id));
  return { records, changes };
}

/** Counts what is done to the secrets. */
function count(storage: FakeSecretStorage, counted: string): () => number {
  let times = 0;
  storage.interfere = (action, key) => void (`${action} ${key}`.trim() === counted && times++);
  return () => times;
}

const failed = (action: SecretStorageError["action"], message: string) => (error: unknown) =>
  error instanceof SecretStorageError &&
  error.name === "SecretStorageError" &&
  error.action === action &&
  error.message === message &&
  error.cause instanceof Error;

test("a record is read as it was written; none and a corrupt one are told apart", async () => {
  const storage = new FakeSecretStorage();
  const { records } = open(storage);
  await records.put("a", 7);
  assert.equal(storage.stored.get("number.a"), "7");
  storage.stored.set("number.b", '"text"');
  storage.stored.set("number.c", "{");
  storage.stored.set("other.d", "7");
  storage.stored.set("numbers.e", "7");
  assert.deepEqual(await Promise.all(["a", "b", "c", "d"].map((id) => records.get(id))), [
    7,
    "corrupt",
    "corrupt",
    undefined,
  ]);
  const all = [
    ["a", 7],
    ["b", "corrupt"],
    ["c", "corrupt"],
  ];
  assert.deepEqual([...(await records.list())], all);
  await records.delete("a");
  assert.equal(await records.get("a"), undefined);
});

test("changes of the collection's own records are reported in each window, until it's disposed", async () => {
  const storage = new FakeSecretStorage();
  const [here, there] = [open(storage), open(storage)];
  await here.records.put("a", 1);
  await storage.window().store("other.b", "1");
  await there.records.delete("a");
  there.records.dispose();
  await here.records.put("c", 1);
  assert.deepEqual(
    [here.changes, there.changes],
    [
      ["a", "a", "c"],
      ["a", "a"],
    ],
  );
});

test("nothing is written or deleted where that isn't allowed now", async () => {
  const storage = new FakeSecretStorage();
  await open(storage).records.put("a", 1);
  const before = new Map(storage.stored);
  const { records } = open(storage, () => Promise.reject(new Error("not now")));
  await assert.rejects(records.put("b", 1), /not now/);
  await assert.rejects(records.delete("a"), /not now/);
  assert.deepEqual(storage.stored, before);
});

const calls = {
  get: (records: SecretCollection<number>) => records.get("a"),
  list: (records: SecretCollection<number>) => records.list(),
  put: (records: SecretCollection<number>) => records.put("a", 1),
  delete: (records: SecretCollection<number>) => records.delete("a"),
};
for (const [call, action] of [
  ["get", "read"],
  ["list", "read"],
  ["put", "write"],
  ["delete", "write"],
] as const) {
  const message = `SecretStorage: cannot ${action}`;
  const run: (records: SecretCollection<number>) => Promise<unknown> = calls[call];

  test(`${call}: a failure is one to ${action}`, async () => {
    const storage = new FakeSecretStorage();
    const { records } = open(storage);
    storage.interfere = () => {
      throw new Error("locked");
    };
    await assert.rejects(run(records), failed(action, message));
  });

  test(`${call}: a storage that hangs is a failure after a minute`, async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const storage = new FakeSecretStorage();
    const { records } = open(storage);
    storage.interfere = () => new Promise(() => {});
    let ended: unknown;
    const running = run(records).catch((error: unknown) => {
      ended = error;
    });
    await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(minute - 1);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, undefined);
    context.mock.timers.tick(1);
    await running;
    assert.ok(failed(action, message)(ended), String(ended));
  });
}

test("an error says what was stale", () => {
  assert.equal(new SecretStorageError("stale").message, "SecretStorage: stale");
});

test("where secrets can be listed, there is no index once that is known", async () => {
  const storage = new FakeSecretStorage();
  const { records } = open(storage);
  await records.list();
  await records.put("a", 1);
  await records.put("b", 2);
  await records.delete("a");
  assert.deepEqual([...storage.stored.keys()], ["number.b"]);
});

for (const canList of ["missing", "unsupported"] as const) {
  test(`where secrets can't be listed (${canList}), an index names the records`, async () => {
    const storage = new FakeSecretStorage(canList);
    const { records } = open(storage);
    await records.put("a", 1);
    await records.put("b-2", 2);
    assert.equal(storage.stored.get("number"), "a b-2");
    const later = open(storage).records;
    assert.deepEqual(
      [...(await later.list())],
      [
        ["a", 1],
        ["b-2", 2],
      ],
    );
    const writes = count(storage, "store number");
    await later.list();
    await later.put("a", 3);
    await later.delete("none");
    assert.equal(writes(), 0, "it's complete");
    await later.delete("a");
    assert.equal(writes(), 1);
    assert.equal(storage.stored.get("number"), "b-2");
    assert.deepEqual([...(await records.list())], [["b-2", 2]]);
  });
}

test("a record that the index lacks is added while it exists, and looked up no longer when it's gone", async () => {
  const storage = new FakeSecretStorage("missing");
  const [here, there] = [open(storage).records, open(storage).records];
  await here.put("a", 1);
  storage.stored.delete("number"); // as a window does that loses a race
  assert.deepEqual([...(await there.list())], [["a", 1]]);
  assert.equal(storage.stored.get("number"), "a");
  await here.delete("a");
  await there.list();
  const reads = count(storage, "get number.a");
  await there.list();
  assert.equal(reads(), 0);
});

test("an index that can't be written is completed by the next call", async () => {
  const storage = new FakeSecretStorage("missing");
  const { records } = open(storage);
  storage.interfere = (action, key) => {
    if (action === "store" && key === "number") throw new Error("locked");
  };
  await assert.rejects(records.put("a", 1), failed("write", "SecretStorage: cannot write"));
  storage.interfere = () => {};
  assert.deepEqual([...(await records.list())], [["a", 1]]);
  assert.equal(storage.stored.get("number"), "a");
});

test("a record that was deleted while it was read isn't listed", async () => {
  const storage = new FakeSecretStorage();
  const { records } = open(storage);
  await records.put("a", 1);
  storage.interfere = (action, key) => {
    if (action === "get" && key === "number.a") storage.stored.delete(key);
  };
  assert.deepEqual([...(await records.list())], []);
});
