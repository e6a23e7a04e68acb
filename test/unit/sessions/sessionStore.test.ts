import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import type { Session, SessionChanges } from "../../../src/sessions/session";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { FakeBrowser, FakeSecretStorage, noIndex } from "../../fakes/secrets";

const session = (id: string, key = `key-of-${id}`, createdAt = 0): Session => ({
  version: 1,
  id,
  key,
  account: { id: `user-${id}`, label: id },
  baseUrl: "https://openrouter.ai",
  createdAt,
});

/** One window's store, with the changes it told, as ids. */
function open(storage: FakeSecretStorage) {
  const store = new SessionStore(storage.window(), noIndex, () => 0);
  const told: Partial<Record<keyof SessionChanges, string[]>>[] = [];
  store.onDidChange((changes) => {
    const ids = Object.entries(changes).map(
      ([kind, sessions]) => [kind, sessions.map(({ id }: Session) => id)] as const,
    );
    told.push(Object.fromEntries(ids.filter(([, list]) => list.length > 0)));
  });
  return { store, told };
}

/** Lets every window hear of what was written. */
const settle = (...stores: SessionStore[]) => Promise.all(stores.map((store) => store.list()));

test("what is put is listed, oldest first, by a new window too", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("b", "k", 2));
  await store.put(session("a", "k", 1));
  assert.deepEqual(await open(storage).store.list(), [session("a", "k", 1), session("b", "k", 2)]);
});

test("both windows are told of each change, once", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage);
  const there = open(storage);
  await settle(here.store, there.store);
  await here.store.put(session("a"));
  await settle(there.store);
  await there.store.put(session("a", "new key"));
  await settle(here.store);
  await here.store.put(session("a", "new key")); // the same again is no change
  await there.store.remove("a");
  await there.store.remove("a");
  await settle(here.store);
  const expected = [{ added: ["a"] }, { changed: ["a"] }, { removed: ["a"] }];
  assert.deepEqual(here.told, expected);
  assert.deepEqual(there.told, expected);
});

test("what is current is read once, until any window writes", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage).store;
  const there = open(storage).store;
  await here.put(session("a"));
  let reads = 0;
  storage.interfere = (action) => void (action === "get" && reads++);
  await here.current();
  assert.equal(reads, 0);
  await there.put(session("b", "k", 1));
  assert.deepEqual(await here.current(), [session("a"), session("b", "k", 1)]);
  await there.remove("a");
  assert.deepEqual(await here.current(), [session("b", "k", 1)]);
});

test("a write that could not be looked at is looked at later", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage).store;
  const there = open(storage).store;
  await here.put(session("a"));
  storage.interfere = (action, _key, window) => {
    if (window === 0 && action === "get") throw new Error("locked");
  };
  await there.put(session("b", "k", 1));
  storage.interfere = () => {};
  assert.deepEqual(await here.current(), [session("a"), session("b", "k", 1)]);
});

test("what a look missed since it began is not current", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage).store;
  const there = open(storage).store;
  await here.put(session("a"));
  let goOn = () => {};
  const written = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  storage.interfere = async (action, key, window) => {
    if (window === 0 && action === "get" && key === "session.a") await written;
  };
  const look = here.list();
  await there.put(session("b", "k", 1));
  storage.interfere = (action, _key, window) => {
    if (window === 0 && action === "keys") throw new Error("locked");
  };
  goOn();
  assert.deepEqual(await look, [session("a")]);
  await assert.rejects(here.list(), SecretStorageError);
  storage.interfere = () => {};
  assert.deepEqual(await here.current(), [session("a"), session("b", "k", 1)]);
});

test("a session that is held until a time is current from then on, which nothing tells", async () => {
  const storage = new FakeSecretStorage();
  let now = 0;
  const store = new SessionStore(storage.window(), noIndex, () => now);
  await store.put({ ...session("a"), hiddenUntil: 10 });
  assert.deepEqual(await store.current(), []);
  now = 10;
  assert.deepEqual(
    (await store.current()).map(({ id }) => id),
    ["a"],
  );
});

test("those who ask while a look is under way share the next one", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  await store.list();
  let looks = 0;
  storage.interfere = async (action) => void (action === "keys" && looks++);
  const under = store.list();
  await Promise.resolve(); // it has begun
  const next = [store.list(), store.list(), store.list()];
  await Promise.all([under, ...next]);
  assert.equal(looks, 2);
});

test("a key that was refused and is accepted again is as it was, unless it was replaced", async () => {
  const { store } = open(new FakeSecretStorage());
  await store.put(session("a"));
  await store.markRefused(session("a"));
  await store.markRefused(session("a", "another key"), false);
  assert.equal((await store.list())[0]?.refused, true);
  await store.markRefused(session("a"), false);
  assert.equal((await store.list())[0]?.refused, false);
});

test("a disposed store listens no more", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage);
  await here.store.list();
  here.store.dispose();
  await open(storage).store.put(session("a"));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(here.told, []);
});

test("a store that can't be read is not an empty one, and is not written", async () => {
  const storage = new FakeSecretStorage();
  await open(storage).store.put(session("a"));
  const before = new Map(storage.stored);
  const { store, told } = open(storage);
  storage.interfere = (action) => {
    if (action === "get") throw new Error("The keyring is locked");
  };
  const unreadable = (error: unknown) => error instanceof SecretStorageError && error.action === "read";
  await assert.rejects(store.list(), unreadable);
  await assert.rejects(store.put(session("b")), unreadable);
  await assert.rejects(store.remove("a"), unreadable);
  assert.deepEqual(storage.stored, before);
  storage.interfere = () => {};
  assert.deepEqual(await store.list(), [session("a")]);
  assert.deepEqual(told, []);
});

test("a store that can't be written says so", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  storage.interfere = (action) => {
    if (action === "store") throw new Error("No keyring");
  };
  await assert.rejects(
    store.put(session("a")),
    (error) => error instanceof SecretStorageError && error.action === "write",
  );
  assert.deepEqual(await store.list(), []);
});

for (const [name, damaged] of [
  ["no JSON", "sk-or-v1-half a rec"],
  ["of a later version", JSON.stringify({ ...session("bad"), version: 2 })],
  ["of another shape", JSON.stringify({ version: 1, id: "bad" })],
] as const) {
  test(`a record that is ${name} leaves the others alone, and stays as it is`, async () => {
    const storage = new FakeSecretStorage();
    const { store } = open(storage);
    await store.put(session("good"));
    await store.put(session("bad"));
    storage.stored.set("session.bad", damaged);
    const later = open(storage).store;
    assert.deepEqual(await later.list(), [session("good")]);
    await later.put(session("another"));
    await later.remove("another");
    assert.equal(storage.stored.get("session.bad"), damaged);
  });
}

test("what was stored before VS Code could list it is listed by a VS Code that can", async () => {
  const old = new FakeSecretStorage("missing");
  await open(old).store.put(session("a"));
  const storage = new FakeSecretStorage();
  for (const [name, text] of old.stored) storage.stored.set(name, text);
  assert.deepEqual(await open(storage).store.list(), [session("a")]);
});

test("what is known is read while VS Code lists what there is", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  await store.list();
  const began: string[] = [];
  storage.interfere = async (action) => void began.push(action);
  const look = store.list();
  await Promise.resolve();
  assert.deepEqual(began.sort(), ["get", "keys"]);
  assert.deepEqual(await look, [session("a")]);
});

test("a list that fails is an error, and not taken for a store that has none", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  storage.interfere = (action) => {
    if (action === "keys") throw new Error("The window is closing");
  };
  await assert.rejects(store.list(), (error) => error instanceof SecretStorageError);
  storage.interfere = () => {};
  assert.deepEqual(await store.list(), [session("a")]);
});

test("a damaged index still leads to what is whole in it", async () => {
  const storage = new FakeSecretStorage("missing");
  const { store } = open(storage);
  await store.put(session("one"));
  await store.put(session("two"));
  storage.stored.set("session", `\u0000{"ids":["${storage.stored.get("session")?.slice(0, -1)}`);
  assert.deepEqual(await open(storage).store.list(), [session("one")]);
});

test("a window whose index is overwritten by a slow one adds its own again, unasked", async () => {
  const storage = new FakeSecretStorage("missing");
  const fast = open(storage).store;
  const slow = open(storage).store; // window 1
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let holding = () => {};
  const isHeld = new Promise<void>((resolve) => {
    holding = resolve;
  });
  storage.interfere = (action, key, window) => {
    if (window !== 1 || action !== "store" || key !== "session") return;
    holding();
    return held;
  };
  const putting = slow.put(session("slow"));
  await isHeld;
  await fast.put(session("fast"));
  storage.interfere = () => {};
  goOn();
  await putting;
  await new Promise((resolve) => setImmediate(resolve));
  slow.dispose();
  fast.dispose();
  assert.deepEqual((await open(storage).store.list()).map(({ id }) => id).sort(), ["fast", "slow"]);
});

for (const canList of ["yes", "missing", "unsupported"] as const) {
  test(`whatever two windows do at the same moment, the last word on each session holds and no key is lost; list: ${canList}`, async () => {
    const ids = ["a", "b", "c"];
    const operation = fc.record({
      window: fc.constantFrom(0, 1),
      id: fc.constantFrom(...ids),
      key: fc.option(fc.constantFrom("k1", "k2", "k3"), { nil: undefined }), // undefined removes
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 12 }),
        fc.scheduler(),
        async (operations, scheduler) => {
          const storage = new FakeSecretStorage(canList);
          const last = new Map<string, string | undefined>();
          const windows = [open(storage), open(storage)] as const;
          await settle(windows[0].store, windows[1].store);
          storage.interfere = (action, key) => scheduler.schedule(Promise.resolve(), `${action} ${key}`);
          const secrets = {
            set: storage.stored.set.bind(storage.stored),
            delete: storage.stored.delete.bind(storage.stored),
          };
          // The serial order of a session's writes is the one in which they reached the storage.
          storage.stored.set = (name, value) => {
            if (name.startsWith("session.")) last.set(name, value);
            return secrets.set(name, value);
          };
          storage.stored.delete = (name) => {
            last.set(name, undefined);
            return secrets.delete(name);
          };
          const work = Promise.all(
            operations.map(({ window, id, key }) => {
              const { store } = windows[window === 0 ? 0 : 1];
              return key === undefined ? store.remove(id) : store.put(session(id, key));
            }),
          );
          await scheduler.waitFor(work);
          await scheduler.waitIdle();
          storage.interfere = () => {};
          const expected = [...last.values()].filter((text) => text !== undefined).sort();
          for (const { store } of windows) {
            const current = (await store.current()).map((found) => JSON.stringify(found)).sort();
            assert.deepEqual(current, expected);
          }
          // The newcomer first: it must not need the others to look once more.
          for (const { store } of [open(storage), ...windows]) {
            const listed = (await store.list()).map((found) => JSON.stringify(found)).sort();
            assert.deepEqual(listed, expected);
          }
          const replay = (told: (typeof windows)[0]["told"]) => {
            const present = new Set<string>();
            for (const { added = [], removed = [], changed = [] } of told) {
              for (const id of added) assert.ok(!present.has(id) && present.add(id));
              for (const id of changed) assert.ok(present.has(id));
              for (const id of removed) assert.ok(present.delete(id));
            }
            return [...present].sort();
          };
          const present = (await windows[0].store.list()).map(({ id }) => id).sort();
          assert.deepEqual(
            windows.map(({ told }) => replay(told)),
            [present, present],
          );
        },
      ),
    );
  });
}

function openInBrowser(browser: FakeBrowser) {
  const { secrets, index } = browser.window();
  const store = new SessionStore(secrets, index, () => 0);
  let blind = 0;
  store.onDidDetectStaleSecrets(() => blind++);
  return { store, timesBlind: () => blind };
}
const ids = async (store: SessionStore) => (await store.current()).map(({ id }) => id).sort();
const cannotSee = (error: unknown) => error instanceof SecretStorageError && error.action === "stale";

test("in a browser, a window that can't see another's key says so once, and overwrites nothing", async () => {
  const browser = new FakeBrowser();
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  assert.deepEqual(await ids(there.store), []);
  await here.store.put(session("a"));
  assert.deepEqual(await ids(there.store), []);
  await assert.rejects(there.store.put(session("b")), cannotSee);
  await assert.rejects(there.store.remove("x"), cannotSee);
  assert.equal(there.timesBlind(), 1);
  assert.equal(here.timesBlind(), 0);

  const reloaded = openInBrowser(browser);
  assert.deepEqual(await ids(reloaded.store), ["a"]);
  await reloaded.store.put(session("b"));
  assert.deepEqual(await ids(openInBrowser(browser).store), ["a", "b"]);
});

test("in a browser, what one window removes is gone in the other, which is told", async () => {
  const browser = new FakeBrowser();
  await openInBrowser(browser).store.put(session("a"));
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  assert.deepEqual(await ids(there.store), ["a"]);
  const told: SessionChanges[] = [];
  there.store.onDidChange((changes) => void told.push(changes));
  await here.store.remove("a");
  assert.deepEqual(await ids(there.store), []);
  assert.deepEqual(told, [{ added: [], removed: [session("a")], changed: [] }]);
  assert.deepEqual([here.timesBlind(), there.timesBlind()], [0, 0]);
  await there.store.put(session("b")); // writes its old copy of "a" back, which stays gone
  assert.deepEqual(await ids(openInBrowser(browser).store), ["b"]);
  await here.store.discardHiddenSessions();
});

test("in a browser, a window with the key from before it was replaced is blind too", async () => {
  const browser = new FakeBrowser();
  await openInBrowser(browser).store.put(session("a", "old", 1));
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  await here.store.put(session("a", "new", 2));
  assert.equal(here.timesBlind(), 0);
  assert.equal((await there.store.list())[0]?.key, "old");
  await assert.rejects(there.store.put(session("b")), cannotSee);
});

test("in a browser, a key that is lost for good can be given up", async () => {
  const browser = new FakeBrowser();
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  await here.store.put(session("a"));
  await ids(there.store);
  await there.store.discardHiddenSessions();
  await there.store.put(session("b"));
  assert.deepEqual(await ids(openInBrowser(browser).store), ["b"]);
  assert.deepEqual(await ids(here.store), []);
});
