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
  askReplace: () => assert.fail("asked to replace"),
  offerKeyForCopying: () => assert.fail("offered for copying"),
  ...more,
});
const openStore = (storage: FakeSecretStorage, now = () => 0) =>
  new SessionStore(storage.window(), noIndex, now);

test("the first key of an account is stored without asking", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("other", { account: { id: "someone else", label: "x" } }));
  await store.put(session("elsewhere", { baseUrl: "https://gateway.example" }));
  await storeIssuedKey(session("new"), store, prompts(), () => 0);
  assert.deepEqual((await store.list()).map(({ id }) => id).sort(), ["elsewhere", "new", "other"]);
});

test("replace: the session keeps its id and account and gets the new key, reported as one change", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const reported: unknown[] = [];
  store.onDidChange((changes) => void reported.push(changes));
  const kept = await storeIssuedKey(
    session("new"),
    store,
    prompts({ askReplace: async () => "replace" }),
    () => 0,
  );
  assert.deepEqual(kept, session("old", { key: "key-new" }));
  assert.deepEqual(await store.list(), [kept]);
  assert.deepEqual(reported, [{ added: [], removed: [], changed: [kept] }]);
});

test("keep both: both keys are stored, reported as one addition", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const reported: unknown[] = [];
  store.onDidChange((changes) => void reported.push(changes));
  await storeIssuedKey(session("new"), store, prompts({ askReplace: async () => "keepBoth" }), () => 0);
  assert.deepEqual((await store.list()).map(({ key }) => key).sort(), ["key-new", "key-old"]);
  assert.deepEqual(reported, [{ added: [session("new")], removed: [], changed: [] }]);
});

test("while the user is asked the key is hidden, and it survives if the window is closed", async () => {
  const storage = new FakeSecretStorage();
  const store = openStore(storage);
  await store.put(session("old"));
  let reportAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    reportAsked = resolve;
  });
  const askReplace = () => {
    reportAsked();
    return new Promise<"replace">(() => {});
  };
  void storeIssuedKey(session("new"), store, prompts({ askReplace }), () => 1000);
  await asked;
  assert.deepEqual(
    (await openStore(storage, () => 1000).list()).map(({ id }) => id),
    ["old"],
  );
  const stillAsking = openStore(storage, () => 1000 + 10 * 60_000 - 1);
  assert.deepEqual(
    (await stillAsking.list()).map(({ id }) => id),
    ["old"],
  );
  const later = openStore(storage, () => 1000 + 10 * 60_000);
  assert.deepEqual((await later.list()).map(({ key }) => key).sort(), ["key-new", "key-old"]);
});

test("a key that OpenRouter refused is replaced without asking", async () => {
  const storage = new FakeSecretStorage();
  const store = openStore(storage);
  await store.put(session("refused"));
  await store.markRefused(session("refused"));
  assert.equal((await store.list())[0]?.refused, true);
  storage.interfere = (action, name) => assert.notEqual(`${action} ${name}`, "store session.new");
  await storeIssuedKey(session("new"), store, prompts(), () => 0);
  assert.deepEqual(await store.list(), [session("refused", { key: "key-new" })]);
});

test("a key that was replaced in the meantime is not marked as refused", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("a", { key: "new" }));
  await store.markRefused(session("a", { key: "old" }));
  assert.equal((await store.list())[0]?.refused, undefined);
});

for (const broken of ["get", "store"] as const) {
  test(`when ${broken} fails, the user is offered the key for copying, and can retry storing it`, async () => {
    const storage = new FakeSecretStorage();
    const store = openStore(storage);
    const offered: string[] = [];
    storage.interfere = (action) => {
      if (action === broken) throw new Error("No keyring");
    };
    const offerKeyForCopying = async (key: string) => {
      offered.push(key);
      if (offered.length === 2) storage.interfere = () => {};
      return true;
    };
    await storeIssuedKey(session("new"), store, prompts({ offerKeyForCopying }), () => 0);
    assert.deepEqual(offered, ["key-new", "key-new"]);
    assert.deepEqual(await store.list(), [session("new")]);
  });
}

test("if the user gives up on storing the key, the error is thrown", async () => {
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

test("a corrupt record is reported once, and can be removed", async () => {
  const storage = new FakeSecretStorage();
  const store = openStore(storage);
  await store.put(session("bad"));
  storage.stored.set("session.bad", "{");
  const reported: string[] = [];
  store.onDidFindCorruptRecord((id) => void reported.push(id));
  await store.list();
  await store.list();
  assert.deepEqual(reported, ["bad"]);
  await store.remove("bad");
  assert.equal(storage.stored.has("session.bad"), false);
});
