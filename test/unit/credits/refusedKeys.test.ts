import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { hour, minute, session, settle, startWindows } from "../../fakes/windows";

const unauthorized = new OpenRouterError("status", "", { status: 401 });

test("a single 401 doesn't withhold a key that worked: a minute later it's asked again", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const { polling } = open();
  const other = open(false);
  polling.start();
  await settle();
  world.failure = unauthorized;
  await pass(6 * minute);
  const state = await polling.state();
  assert.deepEqual(
    [state.refusal, state.active?.refused, state.answer?.keyInfo.limitRemaining, state.failure],
    ["unconfirmed", undefined, 7.45, unauthorized],
  );
  assert.equal((await other.polling.state()).refusal, "unconfirmed");
  world.failure = undefined;
  await pass(minute);
  assert.deepEqual(times(), [0, 6, 7]);
  const { refusal, failure } = await polling.state();
  assert.deepEqual([refusal, failure], [undefined, undefined]);
  world.failure = unauthorized;
  await pass(6 * minute);
  assert.equal((await polling.state()).refusal, "unconfirmed", "what passed no longer counts");
  assert.deepEqual(world.refusalWarnings, []);
});

test("a key is withheld after a second 401, asked again less and less often, and comes back by itself", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const [one, two] = [open(), open()];
  one.polling.start();
  two.polling.start();
  await settle();
  world.failure = unauthorized;
  await pass(7 * minute);
  const { refusal, active } = await two.polling.state();
  assert.deepEqual([refusal, active?.refused], ["confirmed", true]);
  await pass(14 * hour);
  assert.deepEqual(times(), [0, 6, 7, 13, 24, 45, 86, 167, 328, 569, 810], "however many windows there are");
  assert.deepEqual(world.refusalWarnings, ["0 a"]);

  world.failure = undefined; // enabled again
  await pass(4 * hour);
  const back = await one.polling.state();
  assert.deepEqual([back.refusal, back.active?.refused], [undefined, false]);
  world.failure = unauthorized;
  await pass(10 * minute);
  assert.equal(world.refusalWarnings.length, 2, "another refusal, another message");
});

test("a refusal is shown once, also when several requests find it at the same time", async (context) => {
  const { open, world } = await startWindows(context);
  const [one, two] = [open(), open()];
  world.failure = unauthorized;
  await Promise.all([one, one, two].map(({ polling }) => polling.refresh(session("a"))));
  assert.equal((await one.polling.state()).active?.refused, true);
  assert.equal(world.refusalWarnings.length, 1);
});

test("a refresh asks about a withheld key at once, and a key that never worked is withheld at once", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  world.failure = unauthorized;
  const { polling, refresh } = open();
  polling.start();
  await settle();
  assert.equal((await polling.state()).active?.refused, true);
  assert.deepEqual(world.refusalWarnings, ["0 a"]);
  await pass(minute);
  await refresh();
  assert.deepEqual(times(), [0, 1]);
  world.failure = undefined; // enabled again
  await refresh();
  assert.equal((await polling.state()).active?.refused, false);
});

test("without the focus, or with credits off, nothing is asked about a rejected key", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const window = open();
  window.polling.start();
  await settle();
  world.failure = unauthorized;
  await pass(6 * minute);
  window.focused = false;
  await pass(hour);
  window.focused = true;
  world.showCredits = false;
  await pass(hour);
  assert.deepEqual(times(), [0, 6]);
});

test("a withheld key that isn't in use comes back as well", async (context) => {
  const { open, pass, world } = await startWindows(context);
  const { polling, store } = open();
  await store.put({ ...session("b", 2), refused: true });
  await polling.choose("a");
  polling.start();
  await pass(2 * minute);
  assert.deepEqual(
    world.requests.map(({ id }) => id),
    ["a", "b"],
    "the key in use is asked about first",
  );
  assert.deepEqual(
    (await store.list()).map(({ refused }) => refused),
    [undefined, false],
  );
});

test("while the network is down, a rejected key is asked about no more often than any other", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const { polling } = open();
  polling.start();
  await settle();
  world.failure = unauthorized;
  await pass(6 * minute);
  world.failure = new OpenRouterError("network", "");
  await pass(20 * minute);
  assert.deepEqual(times(), [0, 6, 7, 13, 19, 25]);
  assert.equal((await polling.state()).refusal, "unconfirmed");
});

test("a refusal that can't be stored is stored after the next request, and shown only then", async (context) => {
  const { open, pass, world, storage } = await startWindows(context);
  const { polling } = open();
  storage.interfere = (action) => {
    if (action === "store") throw new Error("locked");
  };
  world.failure = unauthorized;
  polling.start();
  await settle();
  const { refusal, active } = await polling.state();
  assert.deepEqual([refusal, active?.refused, world.refusalWarnings], ["confirmed", undefined, []]);
  storage.interfere = () => {};
  await pass(6 * minute);
  assert.equal((await polling.state()).active?.refused, true);
  assert.deepEqual(world.refusalWarnings, ["0 a"]);
});

test("nothing is said of a key about its successor in the same session", async (context) => {
  const { open, world } = await startWindows(context);
  const { polling, store, refresh } = open();
  await refresh();
  world.failure = unauthorized;
  await refresh();
  const before = await polling.state();
  assert.ok(before.answer && before.refusal && before.active);
  assert.equal(before.failure, unauthorized);
  await store.put({ ...before.active, key: "sk-or-v1-new", createdAt: 2 });
  const { answer, refusal, failure } = await polling.state();
  assert.deepEqual([answer, refusal, failure], [undefined, undefined, undefined]);
});

test("a 401 that a model's request meets is checked at once, but not twice a minute, and confirmed like any other", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const { polling } = open();
  const other = open(false);
  polling.start();
  await settle();
  await polling.suspect(session("a"));
  assert.deepEqual(times(), [0], "it was asked about just now");
  await pass(2 * minute);
  world.failure = unauthorized;
  await Promise.all([polling.suspect(session("a")), other.polling.suspect(session("a"))]);
  await polling.suspect(session("a"));
  assert.deepEqual(times(), [0, 2], "however many requests meet it");
  assert.equal((await polling.state()).refusal, "unconfirmed");
  await pass(minute);
  assert.equal((await polling.state()).refusal, "confirmed");
  await pass(minute);
  assert.deepEqual(world.refusalWarnings, ["0 a"]);
});
