import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "../../../src/sessions/session";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { type StoreIssuedKeyHost, storeIssuedKey } from "../../../src/sessions/storeIssuedKey";
import { FakeSecretStorage, noIndex } from "../../fakes/secrets";

const session = (id: string, more: Partial<Session> = {}): Session => ({
  version: 2,
  id,
  key: `key-${id}`,
  label: `label-${id}`,
  userId: "user",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
  ...more,
});
const prompts = (more: Partial<StoreIssuedKeyHost> = {}): StoreIssuedKeyHost => ({
  now: () => 0,
  findUser: () => assert.fail("asked for the user"),
  askReplace: () => assert.fail("asked to replace"),
  offerKeyForCopying: () => assert.fail("offered for copying"),
  ...more,
});
const openStore = (storage: FakeSecretStorage, now = () => 0) =>
  new SessionStore(storage.window(), noIndex, now);

test("the first key of an account is stored without asking", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("other", { userId: "someone else" }));
  await store.put(session("elsewhere", { baseUrl: "https://gateway.example" }));
  await storeIssuedKey(session("new"), store, prompts());
  assert.deepEqual((await store.list()).map(({ id }) => id).sort(), ["elsewhere", "new", "other"]);
});

test("replace: the session keeps its id and account and gets the new key, reported as one change", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const reported: unknown[] = [];
  store.onDidChange((changes) => void reported.push(changes));
  const kept = await storeIssuedKey(session("new"), store, prompts({ askReplace: async () => "replace" }));
  assert.deepEqual(kept, session("old", { key: "key-new", createdAt: 1 }));
  assert.deepEqual(await store.list(), [kept]);
  assert.deepEqual(reported, [{ added: [], removed: [], changed: [kept] }]);
});

test("keep both: both keys are stored, reported as one addition", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const reported: unknown[] = [];
  store.onDidChange((changes) => void reported.push(changes));
  await storeIssuedKey(session("new"), store, prompts({ askReplace: async () => "keepBoth" }));
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
  void storeIssuedKey(session("new"), store, prompts({ askReplace, now: () => 1000 }));
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
  await storeIssuedKey(session("new"), store, prompts());
  assert.deepEqual(await store.list(), [session("refused", { key: "key-new", createdAt: 1 })]);
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
    await storeIssuedKey(session("new"), store, prompts({ offerKeyForCopying }));
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
    storeIssuedKey(session("new"), openStore(storage), prompts({ offerKeyForCopying })),
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

test("after the clock was set back, a hidden key is listed, rather than hidden for years", async () => {
  const storage = new FakeSecretStorage();
  const year = 365 * 24 * 60 * 60_000;
  await openStore(storage).put(session("held", { hiddenUntil: year + 10 * 60_000 }));
  const ids = async (now: number) => (await openStore(storage, () => now).list()).map(({ id }) => id);
  assert.deepEqual(await ids(year), []);
  assert.deepEqual(await ids(0), ["held"]);
});

test("a new account's label gets a number if others have it, also a hidden one", async () => {
  const store = openStore(new FakeSecretStorage());
  const add = (id: string, more: Partial<Session> = {}) =>
    storeIssuedKey(session(id, { label: "VS Code", userId: id, ...more }), store, prompts());
  await store.add(session("held", { label: "VS Code", hiddenUntil: 60_000 }));
  const labels = [];
  for (const id of ["a", "b", "c"]) labels.push((await add(id)).label);
  assert.deepEqual(labels, ["VS Code (2)", "VS Code (3)", "VS Code (4)"]);
  await store.remove("b");
  assert.equal((await add("d")).label, "VS Code (3)");
});

test("two windows that store the same label at once end up with two labels", async () => {
  const storage = new FakeSecretStorage();
  const stores = [openStore(storage), openStore(storage)];
  await stores[0]?.put(session("other"));
  await Promise.all(stores.map((store) => store.list()));
  const added = await Promise.all(stores.map((store, i) => store.add(session(`${i}`, { label: "VS Code" }))));
  const labels = (await openStore(storage).list()).map(({ label }) => label).sort();
  assert.deepEqual(labels, ["VS Code", "VS Code (2)", "label-other"]);
  assert.deepEqual(added.map(({ label }) => label).sort(), labels.slice(0, 2));
});

test("the session that is connected again is the one that is asked about, and keeps its label", async () => {
  const store = openStore(new FakeSecretStorage());
  for (const id of ["first", "second"]) await store.put(session(id, { createdAt: id === "first" ? 1 : 2 }));
  const asked: string[] = [];
  const askReplace = async ({ id }: Session) => {
    asked.push(id);
    return "replace" as const;
  };
  const stored = await storeIssuedKey(
    session("new", { createdAt: 3 }),
    store,
    prompts({ askReplace }),
    "first",
  );
  assert.deepEqual(asked, ["first"]);
  assert.deepEqual(stored, session("first", { key: "key-new", createdAt: 3 }));
});

test("without a session to connect again, a refused key of the user is replaced rather than the newest", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("refused", { createdAt: 1, refused: true }));
  await store.put(session("newest", { createdAt: 2 }));
  assert.equal((await storeIssuedKey(session("new", { createdAt: 3 }), store, prompts())).id, "refused");
});

test("the session of another user, or of another server, isn't replaced, whatever was to be connected again", async () => {
  for (const other of [{ userId: "someone else" }, { baseUrl: "https://gateway.example" }]) {
    const store = openStore(new FakeSecretStorage());
    await store.put(session("other", { refused: true, ...other }));
    await storeIssuedKey(session("new"), store, prompts(), "other");
    assert.deepEqual((await store.list()).map(({ key }) => key).sort(), ["key-new", "key-other"]);
  }
});

test("a key without a user is stored first, and then OpenRouter is asked whose it is", async () => {
  const { userId: _, ...unknown } = session("new", { createdAt: 1 });
  for (const user of ["user", "someone else", undefined]) {
    const storage = new FakeSecretStorage();
    const store = openStore(storage);
    await store.put(session("old"));
    const findUser = async ({ key }: Session) => {
      assert.equal(key, "key-new");
      assert.ok(storage.stored.has("session.new"));
      return user;
    };
    const askReplace = async () => "replace" as const;
    const stored = await storeIssuedKey(unknown, store, prompts({ findUser, askReplace }));
    assert.deepEqual([stored.id, stored.userId], [user === "user" ? "old" : "new", user]);
  }
});

test("a key without a user takes the place of the one to connect again", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old", { refused: true }));
  const { userId: _, ...unknown } = session("new", { createdAt: 1 });
  const stored = await storeIssuedKey(unknown, store, prompts({ findUser: async () => undefined }), "old");
  assert.deepEqual([stored.id, stored.userId, stored.refused], ["old", "user", undefined]);
});

test("keys without a known user aren't taken for one user's", async () => {
  const store = openStore(new FakeSecretStorage());
  const unknown = (id: string) => {
    const { userId: _, ...rest } = session(id);
    return rest;
  };
  await store.put(unknown("old"));
  await storeIssuedKey(unknown("new"), store, prompts({ findUser: async () => undefined }));
  assert.deepEqual((await store.list()).map(({ id }) => id).sort(), ["new", "old"]);
});

test("where there is no other key of the same server, it isn't asked whose the key is", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("elsewhere", { baseUrl: "https://gateway.example" }));
  const { userId: _, ...unknown } = session("new");
  assert.deepEqual(await storeIssuedKey(unknown, store, prompts()), unknown);
});

test("where keys of several servers are stored, the user is asked about the one of the same server", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("elsewhere", { baseUrl: "https://gateway.example" }));
  await store.put(session("old"));
  const stored = await storeIssuedKey(session("new"), store, prompts({ askReplace: async () => "replace" }));
  assert.equal(stored.id, "old");
});

test("a key that is listed since the user took long to answer isn't asked about itself", async () => {
  let now = 0;
  const store = openStore(new FakeSecretStorage(), () => now);
  await store.put(session("old"));
  const asked: string[] = [];
  const askReplace = async ({ id }: Session) => {
    asked.push(id);
    if (asked.length > 1) return "keepBoth";
    now = 11 * 60_000;
    await store.put(session("old", { key: "another" }));
    return "replace";
  };
  const stored = await storeIssuedKey(session("new", { createdAt: 1 }), store, prompts({ askReplace }));
  assert.deepEqual(asked, ["old", "old"]);
  assert.deepEqual(stored, session("new", { createdAt: 1 }));
});

test("a key that took the other's place while the user was asked is asked about itself", async () => {
  for (const second of ["here", "there"]) {
    const storage = new FakeSecretStorage();
    const here = openStore(storage);
    const there = second === "here" ? here : openStore(storage);
    await here.put(session("old"));
    const asked: string[] = [];
    const replace = async ({ key }: Session) => {
      asked.push(key);
      return "replace" as const;
    };
    const waiting: (() => void)[] = [];
    const askReplace = async (existing: Session) => {
      const answer = await replace(existing);
      if (asked.length <= 2) await new Promise<void>((resolve) => void waiting.push(resolve));
      return answer;
    };
    const storing = [
      storeIssuedKey(session("1", { createdAt: 1 }), here, prompts({ askReplace })),
      storeIssuedKey(session("2", { createdAt: 2 }), there, prompts({ askReplace })),
    ];
    while (waiting.length < 2) await new Promise((resolve) => setImmediate(resolve));
    for (const proceed of waiting) proceed();
    await Promise.all(storing);
    assert.deepEqual(asked.slice(0, 2), ["key-old", "key-old"]);
    assert.equal(asked.length, 3, "the loser is asked again");
    assert.match(asked[2] ?? "", /^key-[12]$/);
    assert.equal((await openStore(storage).list()).length, 1);
  }
});

test("a key whose account was disconnected while the user was asked is stored beside the others", async () => {
  const store = openStore(new FakeSecretStorage());
  await store.put(session("old"));
  const askReplace = async () => {
    await store.remove("old");
    return "replace" as const;
  };
  await storeIssuedKey(session("new"), store, prompts({ askReplace }));
  assert.deepEqual(await store.list(), [session("new")]);
});

test("a refusal that arrives while the successor is being stored doesn't touch the successor", async () => {
  for (const where of ["here", "there"]) {
    const storage = new FakeSecretStorage();
    const here = openStore(storage);
    const there = where === "here" ? here : openStore(storage);
    await here.put(session("a"));
    await there.list();
    const successor = session("a", { key: "key-new", createdAt: 1 });
    const marking: Promise<void>[] = [];
    storage.interfere = (action, _, window) => {
      // The other window's write has reached the storage, and its event is still on its way.
      if (action === "store" && window === 0 && marking.length === 0)
        marking.push(there.markRefused(session("a")));
    };
    await here.update("a", () => successor);
    await Promise.all(marking);
    assert.equal(marking.length, 1);
    const [stored] = await openStore(storage).list();
    assert.equal(stored?.key, "key-new");
  }
});
