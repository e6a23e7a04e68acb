import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import type { Session, SessionChanges } from "../../../src/sessions/session";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { FakeBrowser, FakeSecretStorage, noIndex } from "../../fakes/secrets";

const session = (id: string, key = `key-of-${id}`, createdAt = 0): Session => ({
  version: 2,
  id,
  key,
  label: id,
  userId: `user-${id}`,
  baseUrl: "https://openrouter.ai",
  createdAt,
});

/** One window's store, and the ids in the changes that it reported. */
function open(storage: FakeSecretStorage) {
  const store = new SessionStore(storage.window(), noIndex, () => 0);
  const reported: Partial<Record<keyof SessionChanges, string[]>>[] = [];
  store.onDidChange((changes) => {
    const ids = Object.entries(changes).map(
      ([kind, sessions]) => [kind, sessions.map(({ id }: Session) => id)] as const,
    );
    reported.push(Object.fromEntries(ids.filter(([, list]) => list.length > 0)));
  });
  return { store, reported };
}

/** Waits until every window has read what was written. */
const settle = (...stores: SessionStore[]) => Promise.all(stores.map((store) => store.list()));

test("stored sessions are listed oldest first, also by a new window", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("b", "k", 2));
  await store.put(session("a", "k", 1));
  assert.deepEqual(await open(storage).store.list(), [session("a", "k", 1), session("b", "k", 2)]);
});

test("both windows report each change once", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage);
  const there = open(storage);
  await settle(here.store, there.store);
  await here.store.put(session("a"));
  await settle(there.store);
  await there.store.put(session("a", "new key"));
  await settle(here.store);
  await here.store.put(session("a", "new key")); // the same value is no change
  await there.store.remove("a");
  await there.store.remove("a");
  await settle(here.store);
  const expected = [{ added: ["a"] }, { changed: ["a"] }, { removed: ["a"] }];
  assert.deepEqual(here.reported, expected);
  assert.deepEqual(there.reported, expected);
});

test("the current sessions are cached until any window writes", async () => {
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

test("a write that couldn't be read is read later", async () => {
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

test("a read that missed a later write isn't cached", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage).store;
  const there = open(storage).store;
  await here.put(session("a"));
  let proceed = () => {};
  const written = new Promise<void>((resolve) => {
    proceed = resolve;
  });
  storage.interfere = async (action, key, window) => {
    if (window === 0 && action === "get" && key === "session.a") await written;
  };
  const read = here.list();
  await there.put(session("b", "k", 1));
  storage.interfere = (action, _key, window) => {
    if (window === 0 && action === "keys") throw new Error("locked");
  };
  proceed();
  assert.deepEqual(await read, [session("a")]);
  await assert.rejects(here.list(), SecretStorageError);
  storage.interfere = () => {};
  assert.deepEqual(await here.current(), [session("a"), session("b", "k", 1)]);
});

test("a hidden session appears at its time, without any event", async () => {
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

test("callers during a read share the next one", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  await store.list();
  let reads = 0;
  storage.interfere = async (action) => void (action === "keys" && reads++);
  const current = store.list();
  await Promise.resolve(); // it has begun
  const next = [store.list(), store.list(), store.list()];
  await Promise.all([current, ...next]);
  assert.equal(reads, 2);
});

test("a refused key that is accepted again is unmarked, unless it was replaced", async () => {
  const { store } = open(new FakeSecretStorage());
  await store.put(session("a"));
  await store.markRefused(session("a"));
  await store.markRefused(session("a", "another key"), false);
  assert.equal((await store.list())[0]?.refused, true);
  await store.markRefused(session("a"), false);
  assert.equal((await store.list())[0]?.refused, false);
});

test("a disposed store no longer listens", async () => {
  const storage = new FakeSecretStorage();
  const here = open(storage);
  await here.store.list();
  here.store.dispose();
  await open(storage).store.put(session("a"));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(here.reported, []);
});

test("an unreadable store isn't treated as empty, and isn't written", async () => {
  const storage = new FakeSecretStorage();
  await open(storage).store.put(session("a"));
  const before = new Map(storage.stored);
  const { store, reported } = open(storage);
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
  assert.deepEqual(reported, []);
});

test("a store that can't be written throws a SecretStorageError", async () => {
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

for (const [name, corrupt] of [
  ["not JSON", "sk-or-v1-half a rec"],
  ["of a later version", JSON.stringify({ ...session("bad"), version: 3 })],
  ["of another shape", JSON.stringify({ version: 1, id: "bad" })],
] as const) {
  test(`a corrupt record, ${name}, doesn't affect the others, and stays unchanged`, async () => {
    const storage = new FakeSecretStorage();
    const { store } = open(storage);
    await store.put(session("good"));
    await store.put(session("bad"));
    storage.stored.set("session.bad", corrupt);
    const later = open(storage).store;
    assert.deepEqual(await later.list(), [session("good")]);
    await later.put(session("another"));
    await later.remove("another");
    assert.equal(storage.stored.get("session.bad"), corrupt);
  });
}

test("sessions stored by a VS Code that can't list secrets are listed by one that can", async () => {
  const old = new FakeSecretStorage("missing");
  await open(old).store.put(session("a"));
  const storage = new FakeSecretStorage();
  for (const [name, text] of old.stored) storage.stored.set(name, text);
  assert.deepEqual(await open(storage).store.list(), [session("a")]);
});

test("known sessions are read while VS Code lists the keys", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  await store.list();
  const started: string[] = [];
  storage.interfere = async (action) => void started.push(action);
  const read = store.list();
  await Promise.resolve();
  assert.deepEqual(started.sort(), ["get", "keys"]);
  assert.deepEqual(await read, [session("a")]);
});

test("a failed list is an error, and not an empty store", async () => {
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

test("the intact entries of a corrupt index are still used", async () => {
  const storage = new FakeSecretStorage("missing");
  const { store } = open(storage);
  await store.put(session("one"));
  await store.put(session("two"));
  storage.stored.set("session", `\u0000{"ids":["${storage.stored.get("session")?.slice(0, -1)}`);
  assert.deepEqual(await open(storage).store.list(), [session("one")]);
});

test("a window whose index entry is overwritten by a slow window adds it again by itself", async () => {
  const storage = new FakeSecretStorage("missing");
  const fast = open(storage).store;
  const slow = open(storage).store; // window 1
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let reportBlocked = () => {};
  const blocked = new Promise<void>((resolve) => {
    reportBlocked = resolve;
  });
  storage.interfere = (action, key, window) => {
    if (window !== 1 || action !== "store" || key !== "session") return;
    reportBlocked();
    return released;
  };
  const putting = slow.put(session("slow"));
  await blocked;
  await fast.put(session("fast"));
  storage.interfere = () => {};
  release();
  await putting;
  await new Promise((resolve) => setImmediate(resolve));
  slow.dispose();
  fast.dispose();
  assert.deepEqual((await open(storage).store.list()).map(({ id }) => id).sort(), ["fast", "slow"]);
});

for (const canList of ["yes", "missing", "unsupported"] as const) {
  test(`concurrent changes in two windows: the last write of each session wins, and no key is lost; list: ${canList}`, async () => {
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
          // The writes of a session are ordered by when they reach the storage.
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
          // The new window first: it must not depend on the others reading again.
          for (const { store } of [open(storage), ...windows]) {
            const listed = (await store.list()).map((found) => JSON.stringify(found)).sort();
            assert.deepEqual(listed, expected);
          }
          const replay = (reported: (typeof windows)[0]["reported"]) => {
            const present = new Set<string>();
            for (const { added = [], removed = [], changed = [] } of reported) {
              for (const id of added) assert.ok(!present.has(id) && present.add(id));
              for (const id of changed) assert.ok(present.has(id));
              for (const id of removed) assert.ok(present.delete(id));
            }
            return [...present].sort();
          };
          const present = (await windows[0].store.list()).map(({ id }) => id).sort();
          assert.deepEqual(
            windows.map(({ reported }) => replay(reported)),
            [present, present],
          );
        },
      ),
    );
  });
}

function openInBrowser(browser: FakeBrowser, openedAt = 0, profile = "default") {
  const { secrets, index } = browser.window(openedAt, profile);
  const store = new SessionStore(secrets, index, () => 0);
  let [stale, lost] = [0, 0];
  store.onDidDetectStaleSecrets(() => stale++);
  store.onDidLoseKeys(() => lost++);
  return { store, timesStale: () => stale, timesLost: () => lost };
}
const ids = async (store: SessionStore) => (await store.current()).map(({ id }) => id).sort();
const isStale = (error: unknown) => error instanceof SecretStorageError && error.action === "stale";

test("in a browser, a window whose secrets are stale reports that once, and overwrites nothing", async () => {
  const browser = new FakeBrowser();
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  assert.deepEqual(await ids(there.store), []);
  await here.store.put(session("a"));
  assert.deepEqual(await ids(there.store), []);
  await assert.rejects(there.store.put(session("b")), isStale);
  await assert.rejects(there.store.remove("x"), isStale);
  await there.store.list();
  assert.equal(there.timesStale(), 1);
  assert.equal(here.timesStale(), 0);

  const reloaded = openInBrowser(browser);
  assert.deepEqual(await ids(reloaded.store), ["a"]);
  await reloaded.store.put(session("b"));
  assert.deepEqual(await ids(openInBrowser(browser).store), ["a", "b"]);
});

test("in a browser, a session removed by one window is reported as removed by the other", async () => {
  const browser = new FakeBrowser();
  await openInBrowser(browser).store.put(session("a"));
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  assert.deepEqual(await ids(there.store), ["a"]);
  const reported: SessionChanges[] = [];
  there.store.onDidChange((changes) => void reported.push(changes));
  await here.store.remove("a");
  assert.deepEqual(await ids(there.store), []);
  assert.deepEqual(reported, [{ added: [], removed: [session("a")], changed: [] }]);
  assert.deepEqual([here.timesStale(), there.timesStale()], [0, 0]);
  await there.store.put(session("b")); // writes its old copy of "a" back, which stays removed
  assert.deepEqual(await ids(openInBrowser(browser).store), ["b"]);
  await here.store.discardHiddenSessions();
});

test("in a browser, a window whose secrets are stale doesn't take a key that it can't see for removed", async () => {
  const browser = new FakeBrowser();
  const [here, there] = [openInBrowser(browser).store, openInBrowser(browser).store];
  await Promise.all([here.list(), there.list()]);
  await there.put(session("a"));
  assert.deepEqual(await there.complete(), [session("a")]);
  await assert.rejects(here.complete(), isStale);
  await there.remove("a");
  assert.deepEqual(await here.complete(), []);
});

test("in a browser, a window that still has a replaced key is stale too", async () => {
  const browser = new FakeBrowser();
  await openInBrowser(browser).store.put(session("a", "old", 1));
  const here = openInBrowser(browser);
  const there = openInBrowser(browser);
  await here.store.put(session("a", "new", 2));
  assert.equal(here.timesStale(), 0);
  assert.equal((await there.store.list())[0]?.key, "old");
  await assert.rejects(there.store.put(session("b")), isStale);
});

test("in a browser, a key that the user is still asked about makes no window stale", async () => {
  const browser = new FakeBrowser();
  const [here, there] = [openInBrowser(browser), openInBrowser(browser)];
  await here.store.put({ ...session("a"), hiddenUntil: 60_000 });
  for (const { store, timesStale } of [here, there]) {
    assert.deepEqual(await ids(store), []);
    await store.assertWritable();
    assert.equal(timesStale(), 0);
  }
});

test("in a browser, a session that couldn't be removed is still there, and makes no window stale", async () => {
  const browser = new FakeBrowser();
  const { secrets, index } = browser.window();
  let isLocked = false;
  const deleteSecret = async (key: string) => {
    if (isLocked) throw new Error("locked");
    await secrets.delete(key);
  };
  const store = new SessionStore({ ...secrets, delete: deleteSecret }, index, () => 0);
  await store.put(session("a"));
  await store.put({ ...session("held"), hiddenUntil: 60_000 });
  isLocked = true;
  for (const id of ["a", "held", "none"]) await assert.rejects(store.remove(id), SecretStorageError);
  assert.deepEqual(await ids(store), ["a"]);
  await store.assertWritable();
  assert.deepEqual(index.entries(), { a: 0 });
  isLocked = false;
  for (const id of ["a", "held", "none"]) await store.remove(id);
  assert.deepEqual(await ids(openInBrowser(browser).store), []);
  assert.deepEqual(index.entries(), { a: "removed" });
});

test("in a browser, a window that finds a record corrupt isn't stale", async () => {
  const { secrets, index } = new FakeBrowser().window();
  const store = new SessionStore(secrets, index, () => 0);
  await store.put(session("a"));
  await secrets.store("session.a", "{");
  await store.list();
  await store.assertWritable();
});

test("in a browser, a hidden key that is lost for good can be discarded", async () => {
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

test("in a browser whose secrets are gone, a new window says that once, and can store keys again", async () => {
  const browser = new FakeBrowser();
  const before = openInBrowser(browser).store;
  await before.put(session("a", "k", 1));
  await before.put(session("b", "k", 2));
  browser.clearSecrets();
  const minute = 60_000;
  const here = openInBrowser(browser, minute);
  assert.deepEqual(await ids(here.store), []);
  assert.deepEqual([here.timesStale(), here.timesLost()], [0, 1]);
  await here.store.put(session("c", "k", minute));
  const later = openInBrowser(browser, 2 * minute);
  assert.deepEqual(await ids(later.store), ["c"]);
  assert.deepEqual([later.timesStale(), later.timesLost()], [0, 0]);
});

test("in a browser, a key that a window of another profile overwrote is reported, and what is left can be used", async () => {
  const browser = new FakeBrowser();
  await openInBrowser(browser).store.put(session("a", "old", 1));
  const [here, otherProfile] = [openInBrowser(browser), openInBrowser(browser, 0, "other")];
  await here.store.put(session("a", "new", 2));
  await otherProfile.store.put(session("b", "k", 3)); // writes "old" back
  const later = openInBrowser(browser, 60_000);
  assert.deepEqual(
    (await later.store.list()).map(({ key }) => key),
    ["old", "k"],
  );
  assert.deepEqual([later.timesStale(), later.timesLost()], [0, 1]);
  await later.store.put(session("c", "k", 4));
  assert.equal(openInBrowser(browser, 60_000).timesLost(), 0);
});

test("in a browser, what was stored since a window was opened is hidden from it, not lost", async () => {
  const browser = new FakeBrowser();
  const here = openInBrowser(browser, 60_000);
  await openInBrowser(browser).store.put(session("a", "k", 60_000 - 9_000)); // while the window was being opened
  assert.deepEqual(await ids(here.store), []);
  assert.deepEqual([here.timesStale(), here.timesLost()], [1, 0]);
});

test("in a browser, what goes missing later is hidden, whenever it was stored", async () => {
  const browser = new FakeBrowser();
  const here = openInBrowser(browser, 60_000);
  await ids(here.store);
  await openInBrowser(browser).store.put(session("a", "k", 1)); // restored by an undo, with its time
  assert.deepEqual(await ids(here.store), []);
  assert.deepEqual([here.timesStale(), here.timesLost()], [1, 0]);
});

test("a change is made to what is stored now, and not to what was read last", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  storage.stored.set("session.a", JSON.stringify(session("a", "of another window"))); // without an event
  await store.markRefused(session("a"));
  assert.equal((await store.list())[0]?.refused, undefined);
  assert.equal(await store.update("none", () => assert.fail("changed")), undefined);
  assert.deepEqual(await store.update("a", () => undefined), session("a", "of another window"));
});

test("a corrupt record, and one that was removed by another window, can't be changed", async () => {
  const storage = new FakeSecretStorage();
  storage.stored.set("session.bad", "{");
  const never = () => assert.fail("changed");
  assert.equal(await open(storage).store.update("bad", never), undefined);
  const browser = new FakeBrowser();
  await openInBrowser(browser).store.put(session("a"));
  const [here, there] = [openInBrowser(browser), openInBrowser(browser)];
  await here.store.remove("a"); // its secret is still in the other window
  assert.equal(await there.store.update("a", never), undefined);
});

test("what is known of a key already isn't written again, nor is a known user replaced", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  const { userId: _, ...unknown } = session("a");
  await store.put(unknown);
  let writes = 0;
  storage.interfere = (action) => void (action === "store" && writes++);
  await store.markRefused(unknown, false);
  assert.equal(writes, 0);
  for (let i = 0; i < 2; i++) await store.markRefused(unknown);
  for (const user of ["user", "another user"]) await store.learnUser(unknown, user);
  await store.learnUser({ ...unknown, key: "former" }, "another user");
  assert.equal(writes, 2);
  assert.deepEqual(await store.list(), [{ ...unknown, refused: true, userId: "user" }]);
});

test("a session is added in one write, and keeps its label when it's added again", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a"));
  let writes = 0;
  storage.interfere = (action) => void (action === "store" && writes++);
  for (let i = 0; i < 2; i++) assert.deepEqual(await store.add(session("b")), session("b"));
  assert.equal(writes, 2);
});

test("a key is held only for the sign-in that brought it", async () => {
  const { store } = open(new FakeSecretStorage());
  for (const id of ["1", "2"])
    await store.put({ ...session(id), hiddenUntil: 60_000, signInId: `sign-in ${id}` });
  assert.deepEqual(await Promise.all(["sign-in 1", "sign-in 2", "sign-in 3"].map((id) => store.isHeld(id))), [
    true,
    true,
    false,
  ]);
  await store.put({ ...session("1"), signInId: "sign-in 1" });
  assert.equal(await store.isHeld("sign-in 1"), false, "it's listed");
});

test("changes of one session in a window come one after the other, and one that fails doesn't stop the next", async () => {
  const storage = new FakeSecretStorage();
  const { store } = open(storage);
  await store.put(session("a", "0"));
  const append = (text: string) => store.update("a", (now) => ({ ...now, key: now.key + text }));
  let failures = 1;
  storage.interfere = (action) => {
    if (action === "store" && failures-- > 0) throw new Error("No keyring");
  };
  const results = await Promise.allSettled([append("1"), append("2"), append("3"), append("4")]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "fulfilled", "fulfilled", "fulfilled"],
  );
  assert.equal((await store.list())[0]?.key, "0234");
});

test("sessions of the first version keep their label, and their user if there was one", async () => {
  const storage = new FakeSecretStorage();
  const former = (id: string, account: object) =>
    storage.stored.set(
      `session.${id}`,
      JSON.stringify({ version: 1, id, key: "k", account, baseUrl: "https://openrouter.ai", createdAt: 1 }),
    );
  former("a", { id: "user_1", label: "sk-or-v1-abc...1234" });
  former("b", { id: "0".repeat(64), label: "sk-or-v1-def...5678" });
  const found = (await open(storage).store.list()).map(({ version, label, userId }) => [
    version,
    label,
    userId,
  ]);
  assert.deepEqual(found, [
    [2, "sk-or-v1-abc...1234", "user_1"],
    [2, "sk-or-v1-def...5678", undefined],
  ]);
});

test("in a browser, a corrupt record counts neither as hidden nor as lost", async () => {
  const browser = new FakeBrowser();
  const { secrets } = browser.window();
  await openInBrowser(browser).store.put(session("a", "k", 1));
  await secrets.store("session.a", "{");
  for (const openedAt of [0, 60_000]) {
    const { store, timesStale, timesLost } = openInBrowser(browser, openedAt);
    assert.deepEqual(await ids(store), []);
    assert.deepEqual([timesStale(), timesLost()], [0, 0]);
  }
});
