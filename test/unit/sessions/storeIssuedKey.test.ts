import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "../../../src/sessions/session";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { type StoreIssuedKeyPrompts, storeIssuedKey } from "../../../src/sessions/storeIssuedKey";
import { FakeSecretStorage, noIndex } from "../../fakes/secrets";

const session = (id: string, more: Partial<Session> = {}): Session => ({
  version: 1,
  id,
  key: `key-${id}`,
  account: { id: "user", label: `label-${id}` },
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
  ...more,
});
const prompts = (more: Partial<StoreIssuedKeyPrompts> = {}): StoreIssuedKeyPrompts => ({
  askReplace: () => assert.fail("asked"),
  offerKeyForCopying: () => assert.fail("rescued"),
  ...more,
});
const openStore = (storage: FakeSecretStorage, now = () => 0) =>
  new SessionStore(storage.window(), noIndex, now);

test("the first key of an account is stored without a question", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("other", { account: { id: "someone else", label: "x" } }));
  await store.put(session("elsewhere", { baseUrl: "https://gateway.example" }));
  await storeIssuedKey(session("new"), store, prompts(), () => 0);
  assert.deepEqual((await store.list()).map(({ id }) => id).sort(), ["elsewhere", "new", "other"]);
});

test("replace: the same session id and account carry the new key, told as one change", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const told: unknown[] = [];
  store.onDidChange((changes) => void told.push(changes));
  const kept = await storeIssuedKey(
    session("new"),
    store,
    prompts({ askReplace: async () => "replace" }),
    () => 0,
  );
  assert.deepEqual(kept, session("old", { key: "key-new" }));
  assert.deepEqual(await store.list(), [kept]);
  assert.deepEqual(told, [{ added: [], removed: [], changed: [kept] }]);
});

test("keep both: both are there, told as one addition", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const told: unknown[] = [];
  store.onDidChange((changes) => void told.push(changes));
  await storeIssuedKey(session("new"), store, prompts({ askReplace: async () => "keepBoth" }), () => 0);
  assert.deepEqual((await store.list()).map(({ key }) => key).sort(), ["key-new", "key-old"]);
  assert.deepEqual(told, [{ added: [session("new")], removed: [], changed: [] }]);
});

test("while the question is open the key is held out of sight, and it outlives the window", async () => {
  const storage = new FakeSecretStorage();
  const store = openStore(storage);
  await store.put(session("old"));
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const askReplace = () => {
    ask();
    return new Promise<"replace">(() => {});
  };
  void storeIssuedKey(session("new"), store, prompts({ askReplace }), () => 1000);
  await asked;
  assert.deepEqual(
    (await openStore(storage, () => 1000).list()).map(({ id }) => id),
    ["old"],
  );
  const stillAsked = openStore(storage, () => 1000 + 10 * 60_000 - 1);
  assert.deepEqual(
    (await stillAsked.list()).map(({ id }) => id),
    ["old"],
  );
  const later = openStore(storage, () => 1000 + 10 * 60_000);
  assert.deepEqual((await later.list()).map(({ key }) => key).sort(), ["key-new", "key-old"]);
});

test("a key that OpenRouter refused is replaced without a question", async () => {
  const storage = new FakeSecretStorage();
  const store = openStore(storage);
  await store.put(session("dead"));
  await store.markRefused(session("dead"));
  assert.equal((await store.list())[0]?.refused, true);
  storage.interfere = (action, name) => assert.notEqual(`${action} ${name}`, "store session.new");
  await storeIssuedKey(session("new"), store, prompts(), () => 0);
  assert.deepEqual(await store.list(), [session("dead", { key: "key-new" })]);
});

test("a key that was replaced meanwhile is not marked as refused", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("a", { key: "new" }));
  await store.markRefused(session("a", { key: "old" }));
  assert.equal((await store.list())[0]?.refused, undefined);
});

for (const broken of ["get", "store"] as const) {
  test(`when ${broken} fails, the key goes into the person's hands, and storing may be tried again`, async () => {
    const storage = new FakeSecretStorage();
    const store = openStore(storage);
    const rescued: string[] = [];
    storage.interfere = (action) => {
      if (action === broken) throw new Error("No keyring");
    };
    const offerKeyForCopying = async (key: string) => {
      rescued.push(key);
      if (rescued.length === 2) storage.interfere = () => {};
      return true;
    };
    await storeIssuedKey(session("new"), store, prompts({ offerKeyForCopying }), () => 0);
    assert.deepEqual(rescued, ["key-new", "key-new"]);
    assert.deepEqual(await store.list(), [session("new")]);
  });
}

test("giving up on storing says why, after the key was offered", async () => {
  const storage = new FakeSecretStorage();
  storage.interfere = () => {
    throw new Error("No keyring");
  };
  let offered = 0;
  const offerKeyForCopying = async () => {
    offered++;
    return false;
  };
  await assert.rejects(
    storeIssuedKey(session("new"), openStore(storage), prompts({ offerKeyForCopying }), () => 0),
    /cannot read/,
  );
  assert.equal(offered, 1);
});

test("damage is told once, and the damaged record can be removed", async () => {
  const storage = new FakeSecretStorage();
  const store = openStore(storage);
  await store.put(session("bad"));
  storage.stored.set("session.bad", "{");
  const told: string[] = [];
  store.onDidFindCorruptRecord((id) => void told.push(id));
  await store.list();
  await store.list();
  assert.deepEqual(told, ["bad"]);
  await store.remove("bad");
  assert.equal(storage.stored.has("session.bad"), false);
});
