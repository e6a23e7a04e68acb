import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, minute, session, settle, startWindows } from "../../fakes/windows";

test("a second profile puts a key in use that was connected in another, and shows its credits", async (context) => {
  const { open } = await startWindows(context);
  const { polling, store } = open(true, new Map());
  polling.start();
  await settle();
  assert.equal((await polling.state()).hasConnected, false); // nothing was read yet
  await store.list();
  await settle();
  const { hasConnected, active, answer } = await polling.state();
  assert.deepEqual([hasConnected, active?.id, answer?.keyInfo.limit], [true, "a", 10]);
});

test("windows of two profiles share the twelve requests of an hour, the figures, and the warnings", async (context) => {
  const { open, pass, times, world } = await startWindows(context);
  world.keyInfo = { limit: 10, limitRemaining: 0.5 };
  const windows = [open(true, new Map()), open(true, new Map())];
  const focus = (focused: (typeof windows)[number] | undefined) => {
    for (const window of windows) window.focused = window === focused;
  };
  for (const window of windows) {
    focus(window);
    window.polling.start();
    await window.store.list();
    await settle();
  }
  assert.equal(times().length, 1);
  for (let passed = 0; passed < hour; passed += 2 * minute) {
    focus(windows[(passed / minute / 2) % 2]);
    await pass(minute);
    await windows.find(({ focused }) => focused)?.refresh();
    await settle();
  }
  assert.equal(times().length, 12, `${times()}`);
  assert.equal(world.warnings.length, 1);
});

test("OpenRouter is asked once whose key it is, and what it is", async (context) => {
  const { open, times, world } = await startWindows(context);
  const { polling, store } = open();
  const { userId: _, ...unknown } = session("b", 2);
  world.keyInfo = { limit: 10, creatorUserId: "user_1" };
  assert.equal(await polling.findUser(unknown), "user_1");
  await store.put({ ...unknown, userId: "user_1" });
  assert.equal((await polling.connected(unknown)).limit, 10);
  assert.equal(times().length, 1);
  world.failure = new Error("offline");
  assert.equal(await polling.findUser(session("c", 3)), undefined);
});

test("the user of a key that came without one is remembered once OpenRouter names it, but not on its successor", async (context) => {
  const { open, world } = await startWindows(context);
  const { polling, store } = open();
  const { userId: _, ...unknown } = session("b", 2);
  await store.put(unknown);
  world.keyInfo = { limit: 10 }; // OpenRouter doesn't always name the user
  await polling.connected(unknown);
  world.keyInfo = { limit: 10, creatorUserId: "user_1" };
  await polling.connected(session("a")); // whose user is known
  await polling.connected(unknown);
  assert.deepEqual(world.learned, ["b user_1"]);
  const stored = async () => (await store.list()).find(({ id }) => id === "b");
  assert.equal((await stored())?.userId, "user_1");
  await store.put({ ...unknown, key: "sk-or-v1-c", createdAt: 3 });
  await store.learnUser(unknown, "user_1");
  assert.equal((await stored())?.userId, undefined);
});
