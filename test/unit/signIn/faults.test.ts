// The fault matrix: whatever fails, and wherever, a sign-in ends in one of two ways, and leaves nothing behind.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import { SignInCancelled, SignInError } from "../../../src/signIn/errors";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { FakeClock } from "../../fakes/clock";
import { type Addresses, faults, ways } from "./faultTable";
import {
  countFake,
  type Step,
  until,
  type Way,
  type WindowName,
  World,
  type WorldOptions,
} from "./faultWorld";

const clock = new FakeClock();
let fakeOpenRouter: FakeOpenRouter;
let other: FakeOpenRouter;
let addresses: Addresses;
let cases = 0;
let failures: string[] = [];
before(async () => {
  [fakeOpenRouter, other] = await Promise.all([startFakeOpenRouter(), startFakeOpenRouter()]);
  countFake();
  countFake();
  addresses = { fakeOpenRouter: fakeOpenRouter.url, nobody: await closedPort(), elsewhere: other.url };
});
beforeEach(() => clock.install());
afterEach(() => {
  const failed = failures;
  failures = [];
  fakeOpenRouter.behave();
  clock.uninstall();
  assert.equal(
    failed.length,
    0,
    `${failed.length} cases failed, the first of them:\n${failed.slice(0, 5).join("\n\n")}`,
  );
});
after(async () => {
  console.log(`Fault matrix: ${cases} cases`);
  await Promise.all([fakeOpenRouter.close(), other.close()]);
});

/** An address where connections are refused. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  assert.ok(typeof address === "object" && address);
  return `http://127.0.0.1:${address.port}`;
}

/** Runs one case, and remembers why it failed. */
async function runCase(
  name: string,
  options: Omit<WorldOptions, "fakeOpenRouter" | "clock">,
  run: (world: World) => Promise<void>,
) {
  cases++;
  fakeOpenRouter.behave();
  clock.forgetAll();
  const world = new World({ fakeOpenRouter, clock, ...options });
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new Error("It doesn't end")), 3000);
  });
  try {
    await Promise.race([run(world), late]);
    world.closeAll();
  } catch (error) {
    const did = world.steps.map((step, n) => `${n} ${step.window} ${step.name}`).join(", ");
    failures.push(
      `${name}: ${error instanceof Error ? error.stack : error}\ntold ${inspect(world.told)}\nafter ${did}`,
    );
  } finally {
    clearTimeout(deadline);
    world.bury();
  }
}

/** The steps of a sign-in in which nothing fails. */
async function stepsOf(way: Way): Promise<readonly Step[]> {
  let steps: readonly Step[] = [];
  await runCase(`${way.name}, without a fault`, { way }, async (world) => {
    const result = await world.signIn();
    steps = [...world.steps];
    assert.equal(result.status, "fulfilled");
    assert.deepEqual(world.told, { here: [], there: [] });
    await assertStored(world);
    assert.equal((await world.sessions()).length, way.answer === "replace" ? 1 : 2);
    await world.assertNothingLeft();
  });
  return steps;
}

/** Asserts that the key issued last is stored, once. */
async function assertStored(world: World): Promise<void> {
  const stored = (await world.sessions()).filter(({ key }) => key === fakeOpenRouter.keys.at(-1)?.key);
  assert.equal(stored.length, 1, "the key isn't stored once");
}

/** Asserts that nothing is left, and that a sign-in without faults connects after this one. */
async function assertNextWorks(world: World): Promise<void> {
  await world.assertNothingLeft();
  fakeOpenRouter.behave();
  await assertConnects(world);
}

async function assertConnects(world: World): Promise<void> {
  const again = await world.signInAgain();
  assert.equal(again.status, "fulfilled", "the next try failed");
  assert.deepEqual(world.told, { here: [], there: [] });
  await assertStored(world);
  await world.assertNothingLeft();
}

/** Until the exchange, a way with a question about another key is the same as one without. */
const isAsInAnother = ({ answer }: Way, steps: readonly Step[], n: number) =>
  answer !== undefined && n < steps.findIndex(({ name }) => name === "fetch");

const isOfStorage = (step: string) => /^(get|store|delete|keys) /.test(step);

const finishing = ({ elsewhere }: Way): WindowName => (elsewhere ? "there" : "here");
const isElsewhere = (error: unknown) =>
  error instanceof SignInError && ["finishedElsewhere", "timedOut"].includes(error.failure);

for (const way of ways) {
  test(`${way.name}: the network, OpenRouter and the editor`, async () => {
    for (const fault of faults(addresses)) {
      if (way.answer && !fault.connects) continue; // the question comes only after all of these
      const baseUrl = fault.baseUrl?.(addresses) ?? fakeOpenRouter.url;
      const answered = async (input: RequestInfo | URL, init?: RequestInit) => {
        const arrived = fakeOpenRouter.requests.length;
        const answer = fetch(input, init);
        await until(
          () => fakeOpenRouter.requests.length > arrived,
          () => "no request arrived",
        );
        clock.advance(30_000);
        return answer;
      };
      const host = { ...fault.host, ...(fault.endless && { fetch: answered }) };
      await runCase(`${way.name}: ${fault.name}`, { way, baseUrl, host }, async (world) => {
        if (fault.exchange) fakeOpenRouter.misbehave({ exchange: fault.exchange });
        const result = await world.signIn();
        assert.equal(other.requests.length, 0, "another host was asked");
        if (fault.connects?.(way)) {
          assert.equal(result.status, "fulfilled");
          assert.deepEqual(world.told, { here: [], there: [] });
          await assertStored(world);
        } else {
          assert.equal(result.status, "rejected");
          // What fails before the callback does so where the sign-in began.
          const name = fault.host ? "here" : finishing(way);
          assert.equal(world.told[name].length, 1, "not told once");
          assert.ok(fault.told(world.told[name][0], way), `told ${world.told[name][0]}`);
          const others = name === "there" ? world.told.here : world.told.there;
          assert.ok(others.length <= 1 && others.every(isElsewhere), "told in the other window as well");
          assert.deepEqual(await world.sessions(), [world.before]);
        }
        await assertNextWorks(world);
      });
    }
  });

  test(`${way.name}: the secret storage, at every use of it`, async () => {
    const steps = await stepsOf(way);
    for (const [n, { name }] of steps.entries()) {
      if (!isOfStorage(name) || isAsInAnother(way, steps, n)) continue;
      for (const mode of ["fails", "hangs"] as const) {
        for (const forGood of [false, true]) {
          const fail = (_: World, step: Step, index: number): void | Promise<void> => {
            if (forGood ? index < n || !isOfStorage(step.name) : index !== n) return;
            if (mode === "fails") throw new Error("The keyring is locked");
            void timeOut();
            return new Promise(() => {});
          };
          const title = `${way.name}: ${mode} ${forGood ? "from" : "at"} step ${n}, ${name}`;
          await runCase(title, { way, onStep: fail }, (world) =>
            storageFails(world, way, { heals: !forGood, again: mode === "fails" && !forGood }),
          );
        }
      }
    }
  });

  test(`${way.name}: cancelled at every step`, async () => {
    const steps = await stepsOf(way);
    for (const [n, { window, name }] of steps.entries()) {
      if (isAsInAnother(way, steps, n)) continue;
      const cancel = ({ controllers }: World, _: Step, index: number) => {
        if (index === n) controllers[window].abort(new SignInCancelled());
      };
      await runCase(
        `${way.name}: cancelled at step ${n}, ${name}`,
        { way, onStep: cancel },
        async (world) => {
          const issued = fakeOpenRouter.keys.length;
          const result = await world.signIn();
          assert.deepEqual(world.told[window], [], "told after a cancel");
          const others = [...world.told.here, ...world.told.there];
          assert.ok(others.length <= 1 && others.every(isElsewhere), "told in the other window");
          if (fakeOpenRouter.keys.length > issued) await assertStored(world);
          else {
            assert.equal(result.status, "rejected");
            assert.deepEqual(await world.sessions(), [world.before]);
          }
          await assertNextWorks(world);
        },
      );
    }
  });

  test(`${way.name}: a window closed at every step`, async () => {
    const steps = await stepsOf(way);
    for (const [n, { name }] of steps.entries()) {
      if (isAsInAnother(way, steps, n)) continue;
      for (const window of way.elsewhere ? (["here", "there"] as const) : (["here"] as const)) {
        let tellClosed = () => {};
        const closed = new Promise<void>((resolve) => {
          tellClosed = resolve;
        });
        const close = (world: World, _: Step, index: number) => {
          if (index !== n) return;
          world.close(window);
          tellClosed();
        };
        const title = `${way.name}: window ${window} closed at step ${n}, ${name}`;
        await runCase(title, { way, onStep: close }, (world) => windowCloses(world, way, window, closed));
      }
    }
  });
}

async function windowCloses(
  world: World,
  way: Way,
  window: WindowName,
  closed: Promise<void>,
): Promise<void> {
  const issued = fakeOpenRouter.keys.length;
  const result = world.signIn();
  await closed;
  // The other window, if it has a part in this, comes to its end.
  while (window === "there" && !world.ended) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(60_000);
  }
  if (window === "here" && way.elsewhere) await world.browsed();
  const stored = [...world.storage.stored.keys()].filter((name) => /^session\..+/.test(name)).length > 1;
  world.bury();
  await result;
  for (const told of Object.values(world.told)) {
    assert.ok(told.length <= 1 && told.every(isElsewhere), `told ${told}`);
  }
  // Later, as it may have been held, or waited to be finished.
  clock.forgetAll();
  clock.advance(700_000);
  const sessions = await world.sessions();
  assert.ok(sessions.some(({ id }) => id === world.before.id));
  const key = fakeOpenRouter.keys.length > issued ? fakeOpenRouter.keys.at(-1)?.key : undefined;
  const found = sessions.filter((session) => session.key === key).length;
  // Between the answer and the first write there is no place for a key.
  const asked = world.steps.some(({ name }) => name === "askReplace");
  if (stored || asked) assert.ok(found > 0, "the key is lost");
  world.reopen();
  await assertConnects(world);
}

/** Lets the time for the secret storage be over. An exchange under way takes no time beside that. */
async function timeOut(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await until(
    () => clock.pending(30_000) === 0,
    () => "the exchange doesn't end",
  );
  clock.advance(60_000);
}

async function storageFails(
  world: World,
  way: Way,
  { heals, again }: { heals: boolean; again: boolean },
): Promise<void> {
  world.triesAgain = heals;
  const issued = fakeOpenRouter.keys.length;
  const result = await world.signIn();
  for (const name of ["here", "there"] as const) {
    const [error, ...more] = world.told[name];
    assert.equal(more.length, 0, `told more than once ${name}`);
    assert.ok(
      error === undefined || error instanceof SecretStorageError || (way.elsewhere && isElsewhere(error)),
      String(error),
    );
  }
  if (result.status === "fulfilled") assert.deepEqual(world.told.here, [], "told an error, and connected");
  else assert.ok(world.told.here.length + world.told.there.length > 0, "told nothing");
  // Where the other window stored a key in time, the one that waits must not tell that none came.
  if (again && way.elsewhere && fakeOpenRouter.keys.length > issued) assert.equal(result.status, "fulfilled");
  const key = fakeOpenRouter.keys.length > issued ? fakeOpenRouter.keys.at(-1)?.key : undefined;
  const sessions = await world.sessions();
  const stored = sessions.filter((session) => session.key === key);
  assert.ok(sessions.length - stored.length <= 1, "sessions of nowhere");
  if (key) assert.ok(stored.length > 0 || world.rescued.includes(key), "the key is lost");
  else assert.deepEqual(sessions, [world.before]);
  const failed = [...world.told.here, ...world.told.there].some(
    (error) => error instanceof SecretStorageError,
  );
  if (key && failed) assert.ok(world.rescued.includes(key), "told of a failure that lost nothing");
  // Where the copy that was held can't be removed, it stays beside the session that was replaced.
  const copies = way.answer === "replace" ? 2 : 1;
  if (result.status === "fulfilled") assert.ok(stored.length <= copies, "stored too often");
  if (way.answer !== "replace" || !key) assert.deepEqual(sessions[0], world.before, "another key is touched");
  if (again) await assertNextWorks(world);
}
