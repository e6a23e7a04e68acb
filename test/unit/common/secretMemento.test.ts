import assert from "node:assert/strict";
import { test } from "node:test";
import { SecretMemento } from "../../../src/common/secretMemento";
import { noLog, recordLog } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";

/** The state as a window of any profile sees it. */
async function open(storage: FakeSecretStorage, log = noLog) {
  const state = new SecretMemento(storage.window(), "credits", log);
  await state.load();
  return state;
}

test("windows of all profiles see what one writes, and overwrite no other entry", async () => {
  const storage = new FakeSecretStorage();
  const [here, there] = [await open(storage), await open(storage)];
  await Promise.all([here.update("a", 1), here.update("b", { n: 2 })]);
  assert.deepEqual([here.get("a"), here.get("b")], [1, { n: 2 }]);
  await there.load();
  assert.deepEqual([there.get("a"), there.get("b"), there.get("c", "none")], [1, { n: 2 }, "none"]);
  storage.stored.set("credits", JSON.stringify({ a: 1, b: 5 })); // a write whose event is still on its way
  await there.update("a", 6);
  assert.deepEqual(JSON.parse(storage.stored.get("credits") ?? ""), { a: 6, b: 5 });
  await there.update("a", undefined);
  assert.equal((await open(storage)).get("a"), undefined);
});

test("only a write of this secret is read", async () => {
  const storage = new FakeSecretStorage();
  const state = await open(storage);
  let reads = 0;
  storage.interfere = (action) => void (action === "get" && reads++);
  const secrets = storage.window();
  await secrets.store("session.a", "{}");
  assert.equal(reads, 0);
  await secrets.store("credits", JSON.stringify({ a: 1 }));
  assert.equal(reads, 1);
  await state.update("b", 2); // after the read
  assert.equal(state.get("a"), 1);
});

test("a write can be read immediately", async () => {
  const state = await open(new FakeSecretStorage());
  const writing = state.update("a", 1);
  assert.equal(state.get("a"), 1);
  await writing;
});

test("what can't be read or written is logged, and this window goes on", async () => {
  const storage = new FakeSecretStorage();
  const { log, lines } = recordLog();
  storage.interfere = () => {
    throw new Error("locked");
  };
  const state = await open(storage, log);
  await state.update("a", 1);
  assert.equal(state.get("a"), 1);
  assert.equal(lines.length, 2);
  for (const line of lines) assert.match(line, /^warn Can't keep credits in SecretStorage: .*locked/);
});

for (const hanging of ["get", "store"]) {
  test(`a SecretStorage whose ${hanging} hangs is given up on after ten seconds`, async (context) => {
    const storage = new FakeSecretStorage();
    const { log, lines } = recordLog();
    const state = await open(storage, log);
    context.mock.timers.enable({ apis: ["setTimeout"] });
    storage.interfere = (action) => (action === hanging ? new Promise(() => {}) : undefined);
    const writing = state.update("a", 1);
    await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(10_000);
    await writing;
    assert.equal(lines.length, 1);
  });
}

for (const text of ["{", "null", "[]", '"text"']) {
  test(`a corrupt state is an empty one: ${text}`, async () => {
    const storage = new FakeSecretStorage();
    storage.stored.set("credits", text);
    const state = await open(storage);
    assert.equal(state.get("a"), undefined);
    await state.update("a", 1);
    assert.deepEqual(JSON.parse(storage.stored.get("credits") ?? ""), { a: 1 });
  });
}

test("a disposed state no longer listens", async () => {
  const storage = new FakeSecretStorage();
  (await open(storage)).dispose();
  assert.equal(storage.listeners, 0);
});
