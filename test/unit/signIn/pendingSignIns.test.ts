import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { SignInCancelled } from "../../../src/signIn/errors";
import { type OpenSignIn, PendingSignIns } from "../../../src/signIn/pendingSignIns";
import { FakeSecretStorage } from "../../fakes/secrets";

const lifetime = 10 * 60_000;

/** Two windows, and sign-ins to be added by the states of their callbacks. */
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
  const damage = (id: string) => storage.stored.set(`signIn.${id}`, "{");
  return { storage, clock, here, there, signIn, add, damage };
}

test("a sign-in is stored under the hash of its state", async () => {
  const { storage, add } = await start();
  const { id } = await add("the state");
  assert.equal(id, createHash("sha256").update("the state").digest("hex").slice(0, 32));
  assert.ok(storage.stored.has(`signIn.${id}`));
});

test("it is open until it is taken, in another window too, and here while this window is at it", async () => {
  const { here, there, add } = await start();
  const { id } = await add("s");
  assert.deepEqual([await here.isOpen(id), await there.isOpen(id)], [true, true]);
  await here.take("s");
  assert.deepEqual([await here.isOpen(id), await there.isOpen(id)], [true, false]);
  assert.equal(await here.isOpen("unknown"), false);
});

test("it is taken once, of two at the same moment as well", async () => {
  const { storage, here, there, add } = await start();
  const added = await add("s");
  storage.interfere = () => new Promise((resolve) => setImmediate(resolve));
  const taken = await Promise.all([here.take("s"), here.take("s")]);
  // By either: which of their hashes is there first is not theirs to say.
  assert.deepEqual(
    taken.filter((record) => record !== undefined),
    [added],
  );
  assert.deepEqual([await here.take("s"), await there.take("s")], [undefined, undefined]);
});

test("what a failing storage kept from being taken can be taken later", async () => {
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

test("a callback that comes before its sign-in is there doesn't use it up", async () => {
  const { here, add } = await start();
  assert.equal(await here.take("s"), undefined);
  assert.deepEqual(await here.take("s"), undefined);
  const added = await add("s");
  assert.deepEqual(await here.take("s"), added);
});

test("one that was given up is recognised, and has no verifier any more", async () => {
  const { storage, here, there, add } = await start();
  const { id } = await add("s");
  await here.giveUp(id);
  assert.doesNotMatch(storage.stored.get(`signIn.${id}`) ?? "", /verifier/i);
  assert.equal(await here.isOpen(id), false);
  assert.equal(await here.take("s"), "givenUp");
  assert.equal(await there.take("s"), "givenUp");
});

test("giving up puts back nothing that is being taken, is over, damaged or was never there", async () => {
  const { storage, clock, here, there, add, damage } = await start();
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
  await here.giveUp(taken.id);
  assert.ok(storage.stored.get(`signIn.${taken.id}`)?.includes("verifier of taken"));
  storage.interfere = () => {};
  release();
  await assert.rejects(async () => taking, SignInCancelled);
  assert.equal(storage.stored.has(`signIn.${taken.id}`), false);

  const damaged = await add("corrupt");
  damage(damaged.id);
  await here.giveUp(damaged.id);
  assert.equal(storage.stored.get(`signIn.${damaged.id}`), "{");

  const late = await add("late");
  clock.now += lifetime + 1;
  await there.giveUp(late.id);
  assert.equal(storage.stored.has(`signIn.${late.id}`), false);

  await here.giveUp("unknown");
  assert.equal(storage.stored.has("signIn.unknown"), false);
});

test("after ten minutes it can't be taken any more, whichever way the clock went", async () => {
  for (const [passed, isThere] of [
    [lifetime, true],
    [lifetime + 1, false],
    [-lifetime, true],
    [-lifetime - 1, false],
  ] as const) {
    const { clock, here, add } = await start();
    const added = await add("s");
    clock.now += passed;
    assert.equal(await here.isOpen(added.id), isThere, `${passed} ms`);
    assert.deepEqual(await here.take("s"), isThere ? added : undefined, `${passed} ms`);
  }
});

test("adding one sweeps out what is over or damaged, and nothing else", async () => {
  const { storage, clock, add, damage } = await start();
  const over = await add("over");
  clock.now += 1;
  const open = await add("open");
  const damaged = await add("corrupt");
  damage(damaged.id);
  clock.now += lifetime;
  const added = await add("new");
  const left = [over, open, damaged, added].filter(({ id }) => storage.stored.has(`signIn.${id}`));
  assert.deepEqual(left, [open, added]);
});

test("without a state the only open one is meant, beside whatever else is there", async () => {
  const { clock, here, add, damage } = await start();
  assert.equal(await here.take(undefined), undefined);
  await add("over");
  clock.now += lifetime + 1;
  const open = await add("open");
  const givenUp = await add("given up");
  await here.giveUp(givenUp.id);
  const second = await add("second");
  assert.equal(await here.take(undefined), undefined, "there are two");
  damage(second.id);
  assert.deepEqual(await here.take(undefined), open);
  assert.equal(await here.take(undefined), undefined, "a damaged one is none");
  assert.equal(await here.take("second"), undefined);
  assert.equal(await here.isOpen(second.id), false);
});

for (const canList of ["yes", "missing", "unsupported"] as const) {
  test(`one that was added just now is found by a window that opens; list: ${canList}`, async () => {
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

test("one that ran out while others came is not meant either", async () => {
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

test("a closed window listens no more", async () => {
  const { storage, here, there } = await start();
  here.dispose();
  there.dispose();
  assert.equal(storage.listeners, 0);
});
