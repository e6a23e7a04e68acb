import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { SignInCanceled } from "../../../src/signIn/errors";
import { type OpenSignIn, PendingSignIns } from "../../../src/signIn/pendingSignIns";
import { FakeSecretStorage } from "../../fakes/secrets";

const lifetime = 10 * 60_000;

/** Two windows, and functions that add a sign-in for a given state. */
async function start(...storageOptions: ConstructorParameters<typeof FakeSecretStorage>) {
  const storage = new FakeSecretStorage(...storageOptions);
  const clock = { now: 1_800_000_000_000 };
  const here = new PendingSignIns(
    storage.window(),
    () => clock.now,
    async () => {},
  );
  const there = new PendingSignIns(
    storage.window(),
    () => clock.now,
    async () => {},
  );
  const signIn = async (state: string): Promise<OpenSignIn> => ({
    version: 1,
    id: await PendingSignIns.idOf(state),
    startedAt: clock.now,
    baseUrl: "https://openrouter.ai",
    requestedTerms: {},
    codeVerifier: `verifier of ${state}`,
  });
  const add = async (state: string) => {
    const added = await signIn(state);
    await here.add(added);
    return added;
  };
  const corrupt = (id: string) => storage.stored.set(`signIn.${id}`, "{");
  return { storage, clock, here, there, signIn, add, corrupt };
}

test("a sign-in is stored under the hash of its state", async () => {
  const { storage, add } = await start();
  const { id } = await add("the state");
  assert.equal(id, createHash("sha256").update("the state").digest("hex").slice(0, 32));
  assert.ok(storage.stored.has(`signIn.${id}`));
});

test("it is open until it is taken; for the window that took it, it stays open", async () => {
  const { here, there, add } = await start();
  const { id } = await add("s");
  assert.deepEqual([await here.isOpen(id), await there.isOpen(id)], [true, true]);
  await here.take("s");
  assert.deepEqual([await here.isOpen(id), await there.isOpen(id)], [true, false]);
  assert.equal(await here.isOpen("unknown"), false);
});

test("it is taken only once, even by two calls at the same moment", async () => {
  const { storage, here, there, add } = await start();
  const added = await add("s");
  storage.interfere = () => new Promise((resolve) => setImmediate(resolve));
  const taken = await Promise.all([here.take("s"), here.take("s")]);
  // By either call: which hash is computed first is not determined.
  assert.deepEqual(
    taken.filter((record) => record !== undefined),
    [added],
  );
  assert.deepEqual([await here.take("s"), await there.take("s")], [undefined, undefined]);
});

test("a sign-in that couldn't be taken because the storage failed can be taken later", async () => {
  for (const broken of ["get", "delete"] as const) {
    const { storage, here, add } = await start();
    const added = await add("s");
    storage.interfere = (action) => {
      if (action === broken) throw new Error("The keyring is locked");
    };
    await assert.rejects(here.take("s"));
    storage.interfere = () => {};
    assert.deepEqual(await here.take("s"), added, broken);
  }
});

test("a callback that arrives before its sign-in is stored doesn't use it up", async () => {
  const { here, add } = await start();
  assert.equal(await here.take("s"), undefined);
  assert.deepEqual(await here.take("s"), undefined);
  const added = await add("s");
  assert.deepEqual(await here.take("s"), added);
});

test("a canceled sign-in is recognized, and no longer has a verifier", async () => {
  const { storage, here, there, add } = await start();
  const { id } = await add("s");
  await here.cancel(id);
  assert.doesNotMatch(storage.stored.get(`signIn.${id}`) ?? "", /verifier/i);
  assert.equal(await here.isOpen(id), false);
  assert.equal(await here.take("s"), "canceled");
  assert.equal(await there.take("s"), "canceled");
});

test("a callback that arrives while the cancel is being stored comes too late", async () => {
  const { storage, here, there, add } = await start();
  const { id } = await add("s");
  let release = () => {};
  storage.interfere = (action) => {
    if (action === "get") return new Promise((resolve) => (release = resolve));
  };
  const canceling = here.cancel(id);
  storage.interfere = () => {};
  assert.equal(await here.take("s"), "canceled");
  release();
  await canceling;
  assert.equal(await there.take("s"), "canceled");
});

test("canceling doesn't restore a sign-in that is being taken, expired, is corrupt or never existed", async () => {
  const { storage, clock, here, there, add, corrupt } = await start();
  const taken = await add("taken");
  let release = () => {};
  let taking: Promise<unknown> | undefined;
  await new Promise<void>((deleting) => {
    storage.interfere = (action) => {
      if (action !== "delete") return;
      deleting();
      return new Promise((resolve) => {
        release = resolve;
      });
    };
    taking = here.take("taken");
  });
  await here.cancel(taken.id);
  assert.ok(storage.stored.get(`signIn.${taken.id}`)?.includes("verifier of taken"));
  storage.interfere = () => {};
  release();
  await assert.rejects(async () => taking, SignInCanceled);
  assert.equal(storage.stored.has(`signIn.${taken.id}`), false);

  const corrupted = await add("corrupt");
  corrupt(corrupted.id);
  await here.cancel(corrupted.id);
  assert.equal(storage.stored.get(`signIn.${corrupted.id}`), "{");

  const late = await add("late");
  clock.now += lifetime + 1;
  await there.cancel(late.id);
  assert.equal(storage.stored.has(`signIn.${late.id}`), false);

  await here.cancel("unknown");
  assert.equal(storage.stored.has("signIn.unknown"), false);
});

test("after ten minutes it can no longer be taken, in whichever direction the clock moved", async () => {
  for (const [passed, isOpen] of [
    [lifetime, true],
    [lifetime + 1, false],
    [-lifetime, true],
    [-lifetime - 1, false],
  ] as const) {
    const { clock, here, add } = await start();
    const added = await add("s");
    clock.now += passed;
    assert.equal(await here.isOpen(added.id), isOpen, `${passed} ms`);
    assert.deepEqual(await here.take("s"), isOpen ? added : undefined, `${passed} ms`);
  }
});

test("adding a sign-in removes expired and corrupt ones, and nothing else", async () => {
  const { storage, clock, add, corrupt } = await start();
  const expired = await add("expired");
  clock.now += 1;
  const open = await add("open");
  const corrupted = await add("corrupt");
  corrupt(corrupted.id);
  clock.now += lifetime;
  const added = await add("new");
  const left = [expired, open, corrupted, added].filter(({ id }) => storage.stored.has(`signIn.${id}`));
  assert.deepEqual(left, [open, added]);
});

test("without a state the only open sign-in is taken, whatever else is stored", async () => {
  const { clock, here, add, corrupt } = await start();
  assert.equal(await here.take(undefined), undefined);
  await add("expired");
  clock.now += lifetime + 1;
  const open = await add("open");
  const canceled = await add("given up");
  await here.cancel(canceled.id);
  const second = await add("second");
  assert.equal(await here.take(undefined), undefined, "there are two");
  corrupt(second.id);
  assert.deepEqual(await here.take(undefined), open);
  assert.equal(await here.take(undefined), undefined, "a corrupt one doesn't count");
  assert.equal(await here.take("second"), undefined);
  assert.equal(await here.isOpen(second.id), false);
});

for (const canList of ["yes", "missing", "unsupported"] as const) {
  test(`a new window finds a sign-in that was just added; list: ${canList}`, async () => {
    const { storage, clock, add } = await start(canList);
    await add("before");
    const added = await add("s");
    const later = new PendingSignIns(
      storage.window(),
      () => clock.now,
      async () => {},
    );
    await later.take("before");
    assert.deepEqual(await later.take(undefined), added);
  });
}

test("without a state, an expired sign-in is ignored even if it was added last", async () => {
  const { clock, here, there, signIn } = await start();
  const early = await signIn("early");
  clock.now += lifetime;
  const late = await signIn("late");
  await here.add(late);
  clock.now -= lifetime;
  await here.add(early);
  clock.now += lifetime + 1;
  assert.deepEqual(await there.take(undefined), late);
});

test("a closed window no longer listens", async () => {
  const { storage, here, there } = await start();
  here.dispose();
  there.dispose();
  assert.equal(storage.listeners, 0);
});
