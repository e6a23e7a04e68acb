// The fault matrix: whatever fails, at whatever step, a sign-in either connects or shows one error, and leaves
// nothing behind.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import { SignInCanceled, SignInError } from "../../../src/signIn/errors";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { FakeClock } from "../../fakes/clock";
import { faults, type Urls } from "./faultTable";
import {
  countFakeOpenRouter,
  type Flow,
  type Step,
  until,
  type WindowName,
  World,
  type WorldOptions,
} from "./faultWorld";

const clock = new FakeClock();
let fakeOpenRouter: FakeOpenRouter;
let other: FakeOpenRouter;
let urls: Urls;
let cases = 0;
let failures: string[] = [];

/** Call this once, before `runPart`. */
export async function startMatrix(): Promise<void> {
  // Node hands each digest to another thread, which takes a fifth of the whole matrix's time.
  const digest = async (_: unknown, data: Uint8Array) =>
    new Uint8Array(createHash("sha256").update(data).digest()).buffer;
  Object.defineProperty(crypto.subtle, "digest", { value: digest });
  [fakeOpenRouter, other] = await Promise.all([startFakeOpenRouter(), startFakeOpenRouter()]);
  countFakeOpenRouter();
  countFakeOpenRouter();
  urls = { fakeOpenRouter: fakeOpenRouter.url, closedPort: await closedPort(), elsewhere: other.url };
}

/** What can fail during a sign-in. */
export const parts = {
  "the network, OpenRouter and the editor": runFaults,
  "every use of the secret storage": failStorage,
  "canceled at every step": cancel,
  "a window closed at every step": closeWindows,
};
export type Part = keyof typeof parts;

/** How many cases ran, and why some of them failed. */
export interface PartResult {
  readonly cases: number;
  readonly failures: readonly string[];
}

/** Runs the cases of one flow. */
export async function runPart(flow: Flow, part: Part): Promise<PartResult> {
  cases = 0;
  failures = [];
  clock.install();
  await parts[part](flow);
  fakeOpenRouter.behave();
  clock.uninstall();
  return { cases, failures };
}

/** A URL where connections are refused. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = server.address();
  await new Promise((closed) => server.close(closed));
  assert.ok(typeof url === "object" && url);
  return `http://127.0.0.1:${url.port}`;
}

/** Runs one case, and records why it failed. */
async function runCase(
  name: string,
  options: Omit<WorldOptions, "fakeOpenRouter" | "clock">,
  run: (world: World) => Promise<void>,
) {
  cases++;
  fakeOpenRouter.behave();
  clock.clear();
  const world = new World({ fakeOpenRouter, clock, ...options });
  let deadline: NodeJS.Timeout | undefined;
  const timedOut = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new Error("The case doesn't end")), 3000);
  });
  try {
    await Promise.race([run(world), timedOut]);
    world.closeAll();
  } catch (error) {
    const steps = world.steps.map((step, n) => `${n} ${step.window} ${step.name}`).join(", ");
    failures.push(
      `${name}: ${error instanceof Error ? error.stack : error}\nshown: ${inspect(world.shown)}\nsteps: ${steps}`,
    );
  } finally {
    clearTimeout(deadline);
    world.cleanUp();
  }
}

/** The steps of a sign-in without faults. */
async function stepsOf(flow: Flow): Promise<readonly Step[]> {
  let steps: readonly Step[] = [];
  await runCase(`${flow.name}, without a fault`, { flow }, async (world) => {
    const result = await world.signIn();
    steps = [...world.steps];
    assert.equal(result.status, "fulfilled");
    assert.deepEqual(world.shown, { here: [], there: [] });
    await assertStored(world);
    assert.equal((await world.sessions()).length, flow.answer === "replace" ? 1 : 2);
    await world.assertNothingLeft();
  });
  return steps;
}

/** Asserts that the last issued key is stored exactly once. */
async function assertStored(world: World): Promise<void> {
  const stored = (await world.sessions()).filter(({ key }) => key === fakeOpenRouter.keys.at(-1)?.key);
  assert.equal(stored.length, 1, "the key isn't stored once");
}

/** Asserts that nothing is left behind, and that the next sign-in, without faults, connects. */
async function assertNextConnects(world: World): Promise<void> {
  await world.assertNothingLeft();
  fakeOpenRouter.behave();
  await assertConnects(world);
}

async function assertConnects(world: World): Promise<void> {
  const result = await world.signInAgain();
  assert.equal(result.status, "fulfilled", "the next attempt failed");
  assert.deepEqual(world.shown, { here: [], there: [] });
  await assertStored(world);
  await world.assertNothingLeft();
}

/** Up to the exchange, a flow that asks about an existing key is the same as one that doesn't. */
const isCoveredByOther = ({ answer }: Flow, steps: readonly Step[], n: number) =>
  answer !== undefined && n < steps.findIndex(({ name }) => name === "fetch");

const isStorageStep = (step: string) => /^(get|store|delete|keys) /.test(step);

const completingWindow = ({ elsewhere }: Flow): WindowName => (elsewhere ? "there" : "here");
const isElsewhere = (error: unknown) =>
  error instanceof SignInError && ["finishedElsewhere", "timedOut"].includes(error.failure);

async function runFaults(flow: Flow): Promise<void> {
  for (const fault of faults(urls)) {
    if (flow.answer && !fault.connects) continue; // these faults occur before the user is asked
    const baseUrl = fault.baseUrl?.(urls) ?? fakeOpenRouter.url;
    const fetchUntilTimeout = async (input: RequestInfo | URL, init?: RequestInit) => {
      const arrived = fakeOpenRouter.requests.length;
      const response = fetch(input, init);
      await until(
        () => fakeOpenRouter.requests.length > arrived,
        () => "no request arrived",
      );
      clock.advance(30_000);
      return response;
    };
    const host = { ...fault.host, ...(fault.endless && { fetch: fetchUntilTimeout }) };
    await runCase(`${flow.name}: ${fault.name}`, { flow, baseUrl, host }, async (world) => {
      if (fault.exchange) fakeOpenRouter.misbehave({ exchange: fault.exchange });
      const result = await world.signIn();
      assert.equal(other.requests.length, 0, "another host received a request");
      if (fault.connects?.(flow)) {
        assert.equal(result.status, "fulfilled");
        assert.deepEqual(world.shown, { here: [], there: [] });
        await assertStored(world);
      } else {
        assert.equal(result.status, "rejected");
        // What fails before the callback is shown where the sign-in started.
        const name = fault.host ? "here" : completingWindow(flow);
        assert.equal(world.shown[name].length, 1, "not shown once");
        assert.ok(fault.shown(world.shown[name][0], flow), `shown: ${world.shown[name][0]}`);
        const others = name === "there" ? world.shown.here : world.shown.there;
        assert.ok(others.length <= 1 && others.every(isElsewhere), "also shown in the other window");
        assert.deepEqual(await world.sessions(), [world.before]);
      }
      await assertNextConnects(world);
    });
  }
}

async function failStorage(flow: Flow): Promise<void> {
  const steps = await stepsOf(flow);
  for (const [n, { name }] of steps.entries()) {
    if (!isStorageStep(name) || isCoveredByOther(flow, steps, n)) continue;
    for (const mode of ["fails", "hangs"] as const) {
      for (const permanent of [false, true]) {
        const fail = (_: World, step: Step, index: number): void | Promise<void> => {
          if (permanent ? index < n || !isStorageStep(step.name) : index !== n) return;
          if (mode === "fails") throw new Error("The keyring is locked");
          void timeOutStorage();
          return new Promise(() => {});
        };
        const title = `${flow.name}: ${mode} ${permanent ? "from" : "at"} step ${n}, ${name}`;
        await runCase(title, { flow, onStep: fail }, (world) =>
          storageFails(world, flow, { recovers: !permanent, retry: mode === "fails" && !permanent }),
        );
      }
    }
  }
}

async function cancel(flow: Flow): Promise<void> {
  const steps = await stepsOf(flow);
  for (const [n, { window, name }] of steps.entries()) {
    if (isCoveredByOther(flow, steps, n)) continue;
    const cancel = ({ controllers }: World, _: Step, index: number) => {
      if (index === n) controllers[window].abort(new SignInCanceled());
    };
    await runCase(`${flow.name}: canceled at step ${n}, ${name}`, { flow, onStep: cancel }, async (world) => {
      const issued = fakeOpenRouter.keys.length;
      const result = await world.signIn();
      assert.deepEqual(world.shown[window], [], "shown after a cancel");
      const others = [...world.shown.here, ...world.shown.there];
      assert.ok(others.length <= 1 && others.every(isElsewhere), "shown in the other window");
      if (fakeOpenRouter.keys.length > issued) await assertStored(world);
      else {
        assert.equal(result.status, "rejected");
        assert.deepEqual(await world.sessions(), [world.before]);
      }
      await assertNextConnects(world);
    });
  }
}

async function closeWindows(flow: Flow): Promise<void> {
  const steps = await stepsOf(flow);
  for (const [n, { name }] of steps.entries()) {
    if (isCoveredByOther(flow, steps, n)) continue;
    for (const window of flow.elsewhere ? (["here", "there"] as const) : (["here"] as const)) {
      let reportClosed = () => {};
      const closed = new Promise<void>((resolve) => {
        reportClosed = resolve;
      });
      const close = (world: World, _: Step, index: number) => {
        if (index !== n) return;
        world.close(window);
        reportClosed();
      };
      const title = `${flow.name}: window ${window} closed at step ${n}, ${name}`;
      await runCase(title, { flow, onStep: close }, (world) => windowCloses(world, flow, window, closed));
    }
  }
}

async function windowCloses(
  world: World,
  flow: Flow,
  window: WindowName,
  closed: Promise<void>,
): Promise<void> {
  const issued = fakeOpenRouter.keys.length;
  const result = world.signIn();
  await closed;
  // Let the sign-in end if only the other window was closed.
  while (window === "there" && !world.ended) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(60_000);
  }
  if (window === "here" && flow.elsewhere) await world.browsed();
  const stored = [...world.storage.stored.keys()].filter((name) => /^session\..+/.test(name)).length > 1;
  world.cleanUp();
  await result;
  for (const shown of Object.values(world.shown)) {
    assert.ok(shown.length <= 1 && shown.every(isElsewhere), `shown: ${shown}`);
  }
  // Later, since the key may have been hidden, or the sign-in pending.
  clock.clear();
  clock.advance(700_000);
  const sessions = await world.sessions();
  assert.ok(sessions.some(({ id }) => id === world.before.id));
  const key = fakeOpenRouter.keys.length > issued ? fakeOpenRouter.keys.at(-1)?.key : undefined;
  const found = sessions.filter((session) => session.key === key).length;
  // Between the response and the first write, the key isn't stored anywhere.
  const asked = world.steps.some(({ name }) => name === "askReplace");
  if (stored || asked) assert.ok(found > 0, "the key is lost");
  world.reopen();
  await assertConnects(world);
}

/** Makes the secret storage time out. Waits for a running exchange first, which must not time out as well. */
async function timeOutStorage(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await until(
    () => clock.pending(30_000) === 0,
    () => "the exchange doesn't end",
  );
  clock.advance(60_000);
}

async function storageFails(
  world: World,
  flow: Flow,
  { recovers, retry }: { recovers: boolean; retry: boolean },
): Promise<void> {
  world.retriesStoring = recovers;
  const issued = fakeOpenRouter.keys.length;
  const result = await world.signIn();
  for (const name of ["here", "there"] as const) {
    const [error, ...more] = world.shown[name];
    assert.equal(more.length, 0, `shown more than once ${name}`);
    assert.ok(
      error === undefined || error instanceof SecretStorageError || (flow.elsewhere && isElsewhere(error)),
      String(error),
    );
  }
  if (result.status === "fulfilled") assert.deepEqual(world.shown.here, [], "shown an error, and connected");
  else assert.ok(world.shown.here.length + world.shown.there.length > 0, "nothing was shown");
  // If the other window stored a key in time, the waiting one must not report a failure.
  if (retry && flow.elsewhere && fakeOpenRouter.keys.length > issued)
    assert.equal(result.status, "fulfilled");
  const key = fakeOpenRouter.keys.length > issued ? fakeOpenRouter.keys.at(-1)?.key : undefined;
  const sessions = await world.sessions();
  const stored = sessions.filter((session) => session.key === key);
  assert.ok(sessions.length - stored.length <= 1, "unexpected sessions");
  if (key) assert.ok(stored.length > 0 || world.offeredKeys.includes(key), "the key is lost");
  else assert.deepEqual(sessions, [world.before]);
  const failed = [...world.shown.here, ...world.shown.there].some(
    (error) => error instanceof SecretStorageError,
  );
  if (key && failed)
    assert.ok(world.offeredKeys.includes(key), "shown a storage error, but not offered the key");
  // If the hidden copy can't be removed, it stays next to the replaced session.
  const copies = flow.answer === "replace" ? 2 : 1;
  if (result.status === "fulfilled") assert.ok(stored.length <= copies, "stored too often");
  if (flow.answer !== "replace" || !key)
    assert.deepEqual(sessions[0], world.before, "another key was changed");
  if (retry) await assertNextConnects(world);
}
