import assert from "node:assert/strict";
import { test } from "node:test";
import type { CreditsState } from "../../../src/credits/creditsHost";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { hour, minute, session, settle, startWindows } from "../../fakes/windows";

const unauthorized = new OpenRouterError("status", "", { status: 401 });

test("an idle hour makes at most twelve requests", async (context) => {
  const { open, pass, times, world } = await startWindows(context);
  const { store, polling } = open();
  await store.put(session("b", 2));
  await polling.choose("a");
  polling.start();
  await settle();
  await pass(hour);
  assert.ok(times().length <= 12, `${times()}`);
  assert.ok(times().length >= 10, `${times()}`);
  assert.ok(
    world.requests.every(({ id }) => id === "a"),
    "only the key in use is asked about",
  );
  assert.deepEqual(world.released, []);
  await pass(23 * hour);
  for (const from of times()) {
    const within = times().filter((time) => time >= from && time <= from + 60);
    assert.ok(within.length <= 12, `${within}`);
  }
});

test("an unfocused window makes no requests, and on focus refreshes figures older than five minutes", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const window = open();
  window.polling.start();
  await settle();
  window.focused = false;
  await pass(3 * hour);
  assert.deepEqual(times(), [0]);
  window.focused = true;
  await window.polling.check();
  assert.deepEqual(times(), [0, 180]);
  await pass(minute);
  await window.polling.check();
  assert.deepEqual(times(), [0, 180]);
});

test("a window that opens without the focus asks nothing until it gets it", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const window = open(false);
  window.polling.start();
  await settle();
  await pass(hour);
  assert.deepEqual(times(), []);
  window.focused = true;
  await window.polling.check();
  assert.deepEqual(times(), [60]);
});

test("after a request to a model the figures are asked again, a minute after the last time, and not all that may be", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const { polling } = open();
  polling.start();
  await settle();
  await polling.paid(session("another"), 1);
  await pass(2 * minute);
  assert.deepEqual(times(), [0]);
  await polling.paid(session("a"), 0.01);
  assert.deepEqual(times(), [0, 2]);
  await polling.paid(session("a"), 0.01);
  assert.deepEqual(times(), [0, 2], "that's too soon");
  await pass(minute);
  assert.deepEqual(times(), [0, 2, 3]);
  for (let i = 0; i < 20; i++) {
    await pass(minute);
    await polling.paid(session("a"), 0.01);
  }
  // The others are for the usual interval, and for the user.
  assert.deepEqual(times(), [0, 2, 3, 4, 5, 6, 7, 8, 9, 15, 21]);
});

test("after a request to a model nothing is asked in a window without the focus, until it gets it", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const window = open();
  window.polling.start();
  await settle();
  window.focused = false;
  await pass(2 * minute);
  await window.polling.paid(session("a"), 0.01);
  assert.deepEqual(times(), [0]);
  window.focused = true;
  await window.polling.check();
  assert.deepEqual(times(), [0, 2]);
});

test("what a request to a model cost is taken off at once, until OpenRouter's figures have it", async (context) => {
  const { open, pass, world } = await startWindows(context);
  world.keyInfo = { limit: 10, limitRemaining: 7, usageDaily: 1, usageWeekly: 2, usageMonthly: null };
  const { polling } = open();
  const figures = async () => (await polling.state()).answer?.keyInfo;
  polling.start();
  await settle();
  await polling.paid(session("a"), 0.5);
  await polling.paid(session("a"), 0.25);
  await polling.paid(session("another"), 3);
  const { limitRemaining, usageDaily, usageWeekly, usageMonthly } = (await figures()) ?? {};
  assert.deepEqual([limitRemaining, usageDaily, usageWeekly, usageMonthly], [6.25, 1.75, 2.75, null]);
  world.keyInfo = { limit: 10, limitRemaining: 6.2 };
  await pass(minute);
  assert.equal((await figures())?.limitRemaining, 6.2);
  world.keyInfo = { limit: null };
  await polling.paid(session("a"), 1);
  await pass(5 * minute);
  await polling.paid(session("a"), 1);
  assert.equal((await figures())?.limitRemaining, undefined, "without a limit, nothing is left");
});

test("two windows share what one of them fetched", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const one = open();
  const two = open(false);
  one.polling.start();
  two.polling.start();
  await settle();
  assert.deepEqual(world.requests, [{ at: 0, window: 0, id: "a" }]);
  assert.equal((await two.polling.state()).answer?.keyInfo.limitRemaining, 7.45);

  // Switch between them every minute for an hour.
  for (let i = 0; i < 60; i++) {
    [one.focused, two.focused] = [two.focused, one.focused];
    await Promise.all([one.polling.check(), two.polling.check()]);
    await pass(minute);
  }
  assert.ok(times().length <= 12, `${times()}`);
  assert.deepEqual((await one.polling.state()).answer, (await two.polling.state()).answer);
});

test("a refresh makes a request immediately, but all windows together make at most twelve an hour", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const windows = [open(), open()];
  for (let i = 0; i < 40; i++) {
    await windows[i % 2]?.refresh();
    await pass(minute);
  }
  assert.equal(times().length, 12);
  assert.ok((windows[0]?.polling.retryAfter ?? 0) > 19 * minute);
  await pass(21 * minute);
  await windows[0]?.refresh();
  assert.equal(times().length, 13);
});

test("a new key is requested even beyond the hourly limit, and without focus", async (context) => {
  const { open, times } = await startWindows(context);
  const { polling } = open(false);
  for (let i = 0; i < 13; i++) await polling.connected(session("a"));
  assert.equal(times().length, 13);
  await Promise.all([polling.connected(session("a")), polling.connected(session("a"))]);
  assert.equal(times().length, 14, "two at the same moment make one request");
});

test("connecting counts among the twelve requests of an hour", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const { polling, refresh } = open();
  for (let i = 0; i < 11; i++) await polling.connected(session("a"));
  await refresh();
  assert.equal(times().length, 12);
  await refresh();
  polling.start();
  await pass(59 * minute);
  assert.equal(times().length, 12);
  await pass(2 * minute);
  assert.equal(times().length, 13);
});

test("every window backs off after 429 and 503, with Retry-After and without", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const one = open();
  const two = open();
  world.failure = new OpenRouterError("status", "", { status: 429, retryAfter: 30 * minute });
  one.polling.start();
  two.polling.start();
  await settle();
  await pass(29 * minute);
  await two.refresh();
  assert.deepEqual(times(), [0]);

  world.failure = new OpenRouterError("status", "", { status: 503 });
  await pass(hour);
  assert.deepEqual(times(), [0, 30], "without Retry-After, the wait doubles");
  world.failure = undefined;
  await pass(minute);
  assert.deepEqual(times(), [0, 30, 90]);
  assert.equal(one.polling.retryAfter, 0);
});

test("a firewall's 401 keeps the key and the figures, and a network's sign-in page as well", async (context) => {
  const { open, pass, world } = await startWindows(context);
  const { polling, store, refresh } = open();
  polling.start();
  await settle();
  const { answer } = await polling.state();
  for (const intermediary of [
    () => new Response("<h1>Unauthorized</h1>", { status: 401 }),
    () => new Response(null, { status: 302, headers: { Location: "https://wifi.example" } }),
  ]) {
    world.intermediary = intermediary;
    await pass(minute);
    await refresh();
    assert.deepEqual((await polling.state()).answer, answer);
    assert.equal((await store.list())[0]?.refused, undefined);
  }
});

test("a Retry-After of zero allows a refresh at once, and the next pause is as long as the first", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const window = open();
  world.failure = new OpenRouterError("status", "", { status: 429, retryAfter: 0 });
  await window.refresh();
  await window.refresh();
  assert.deepEqual(times(), [0, 0]);
  world.failure = new OpenRouterError("status", "", { status: 429 });
  await window.refresh();
  assert.equal(window.polling.retryAfter, 10 * minute);
  await pass(9 * minute);
  await window.refresh();
  assert.equal(times().length, 3);
});

test("offline, the last figures are kept with their time, and only this window has the failure", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  const { polling } = open();
  polling.start();
  await settle();
  const before = await polling.state();
  world.failure = new OpenRouterError("network", "");
  await pass(20 * minute);
  assert.ok(times().length <= 5, `${times()}`);
  const offline = await polling.state();
  assert.deepEqual(offline.answer, before.answer);
  assert.equal(offline.failure, world.failure);
  world.failure = undefined;
  await pass(10 * minute);
  assert.equal((await polling.state()).failure, undefined);
});

test("each threshold warns once per period, in one window", async (context) => {
  const { open, pass, world } = await startWindows(context);
  const one = open();
  const two = open(false);
  one.polling.start();
  two.polling.start();
  await settle();
  assert.deepEqual(world.warnings, []);
  world.keyInfo = { ...world.keyInfo, limitRemaining: 0.9 };
  await pass(20 * minute);
  assert.deepEqual(world.warnings, ["0 a low"]);
  [one.focused, two.focused] = [false, true];
  await pass(20 * minute);
  const reloaded = open();
  reloaded.polling.start();
  await pass(20 * minute);
  assert.deepEqual(world.warnings, ["0 a low"]);
  world.keyInfo = { ...world.keyInfo, limitRemaining: 0 };
  await pass(20 * minute);
  assert.deepEqual(world.warnings.slice(1), ["1 a empty"]);
  await pass(5 * 24 * hour); // into December
  assert.equal(world.warnings.length, 3);
});

test("a key that OpenRouter accepts isn't called expired, however wrong this computer's clock is", async (context) => {
  const { open, world, state } = await startWindows(context);
  const expiresAt = new Date(Date.now() - 5 * 24 * hour).toISOString();
  world.keyInfo = { ...world.keyInfo, expiresAt };
  await open().refresh();
  assert.deepEqual(world.warnings, []);
  // Where OpenRouter's clock is known, a key that expires soon by it is warned of.
  world.intermediary = () =>
    Response.json(
      { data: { limit: null, expires_at: expiresAt } },
      { headers: { Date: new Date(Date.now() - 6 * 24 * hour).toUTCString() } },
    );
  await open().refresh();
  assert.deepEqual(world.warnings, ["1 a expiring"]);
  assert.match(JSON.stringify(state.get("credits.a")), /"answeredAt":\d+/);
});

test("a threshold of 0 percent never warns, and hidden credits are not requested", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  world.warnBelow = 0;
  world.keyInfo = { ...world.keyInfo, limitRemaining: 0 };
  const { polling } = open();
  polling.start();
  await pass(10 * minute);
  assert.deepEqual(world.warnings, []);
  world.keyInfo = { ...world.keyInfo, expiresAt: new Date(Date.now() + hour).toISOString() };
  await pass(10 * minute);
  assert.deepEqual(world.warnings, ["0 a expiring"], "an expiry has no threshold");
  world.showCredits = false;
  const before = times().length;
  await pass(hour);
  assert.equal(times().length, before);
});

test("where credits aren't wanted, only a refresh asks", async (context) => {
  const { open, pass, world, times } = await startWindows(context);
  world.showCredits = false;
  const { polling, refresh } = open();
  polling.start();
  await settle();
  await pass(hour);
  assert.deepEqual(times(), []);
  await refresh();
  assert.deepEqual(times(), [60]);
  await pass(hour);
  assert.deepEqual(times(), [60]);
});

test("no secret is read before the user has connected; then the newest key is shown", async (context) => {
  const { open, pass, reads, times } = await startWindows(context, { connected: false });
  const { store, polling } = open();
  polling.start();
  await pass(10 * minute);
  assert.equal(reads(), 0);
  assert.deepEqual(await polling.state(), { hasConnected: false, sessions: [] });

  await store.list(); // as a sign-in does
  await store.put(session("a"));
  await settle();
  assert.equal((await polling.state()).active?.id, "a");
  assert.deepEqual(times(), [], "the sign-in makes its own request");
  await store.put(session("b", 2));
  await settle();
  assert.equal((await polling.state()).active?.id, "b");
  await polling.choose("a");
  assert.equal((await polling.state()).active?.id, "a");
});

test("a failure is dropped once another window gets a response, or the key is replaced", async (context) => {
  const { open, pass, world } = await startWindows(context);
  const failure = new OpenRouterError("network", "");
  const here = open();
  const there = open();
  world.failure = failure;
  await here.refresh();
  assert.equal((await here.polling.state()).failure, failure);
  await pass(minute);
  world.failure = undefined;
  await there.refresh();
  assert.equal((await here.polling.state()).failure, undefined);

  await pass(minute);
  world.failure = failure;
  const { store, polling, refresh } = open();
  await refresh();
  assert.equal((await polling.state()).failure, failure);
  const [first] = await store.list();
  assert.ok(first);
  await store.put({ ...first, key: "replacement" });
  assert.equal((await polling.state()).failure, undefined);
});

test("a disconnected key leaves nothing behind, even during a request", async (context) => {
  const { open, state, world } = await startWindows(context);
  const { store, polling, refresh } = open();
  await refresh();
  assert.ok(state.get("credits.a"));
  const [session] = await store.list();
  assert.ok(session);
  for (const failure of [undefined, unauthorized]) {
    world.failure = failure;
    let respond = () => {};
    world.delay = new Promise((resolve) => {
      respond = resolve;
    });
    const refreshing = polling.refresh(session);
    await store.remove("a");
    await settle();
    respond();
    await refreshing;
    await settle();
    assert.equal(state.get("credits.a"), undefined);
    const { hasConnected, sessions } = await polling.state();
    assert.deepEqual([hasConnected, sessions], [true, []]);
    await store.put(session);
  }
});

test("a key that was disconnected while it was asked about fails with OpenRouter's own error", async (context) => {
  const { open, world } = await startWindows(context);
  const { store, polling } = open();
  world.failure = unauthorized;
  world.delay = (async () => {
    await settle();
    await store.remove("a");
    await settle();
  })();
  await assert.rejects(polling.connected(session("a")), unauthorized);
});

test("unreadable secrets don't count as disconnected", async (context) => {
  const { open, storage } = await startWindows(context);
  const { polling } = open();
  storage.interfere = () => {
    throw new Error("locked");
  };
  const state = await polling.state();
  assert.deepEqual([state.hasConnected, state.sessions], [true, []]);
  assert.ok(state.failure);
});

test("globalState holds no key, and corrupt values in it are ignored", async (context) => {
  const { open, state } = await startWindows(context);
  const { shared, refresh } = open();
  await refresh();
  assert.doesNotMatch(JSON.stringify([...state]), /sk-or-v1-a/);
  for (const corrupt of [null, 7, "x", { requests: ["a"], notified: [] }, { requests: 1 }]) {
    state.set("credits", corrupt);
    state.set("credits.a", corrupt);
    assert.deepEqual(shared.read(), { requests: [], notified: [] });
    assert.equal(shared.readKey(session("a")), undefined);
  }
});

test("only the last hundred warnings are remembered, the newest of them", async (context) => {
  const { open, world } = await startWindows(context);
  const { shared, refresh } = open();
  const old = Array.from({ length: 100 }, (_, i) => `${i}`);
  await shared.write({ notified: old });
  world.keyInfo = { ...world.keyInfo, limitRemaining: 0 };
  await refresh();
  const { notified } = shared.read();
  assert.deepEqual(notified.slice(0, -1), old.slice(1));
  assert.match(notified.at(-1) ?? "", /^a\/1\/empty/);
});

test("every response is announced with its figures, also before the window has read its keys", async (context) => {
  const { open } = await startWindows(context);
  const { polling } = open();
  const states: CreditsState[] = [];
  polling.onDidChange((state) => states.push(state));
  await polling.connected(session("a"));
  assert.deepEqual([...states], [{ hasConnected: false, sessions: [] }]);
  const { active } = await polling.state();
  assert.ok(active);
  await polling.refresh(active);
  assert.equal(states.at(-1)?.answer?.keyInfo.limitRemaining, 7.45);
});

test("a closed window asks nothing, and hears of nothing", async (context) => {
  const { open, pass, times } = await startWindows(context);
  const { polling, store } = open();
  polling.start();
  await settle();
  let changes = 0;
  polling.onDidChange(() => changes++);
  polling.dispose();
  await store.put(session("b", 2));
  await pass(hour);
  assert.deepEqual([times(), changes], [[0], 0]);
});

test("keys that this window never chose count as connected, but only if there are some", async (context) => {
  const { open } = await startWindows(context, { connected: false });
  const { polling, store } = open();
  const state = () => polling.state({ evenIfNeverConnected: true });
  assert.deepEqual((await state()).hasConnected, false);
  polling.dispose(); // which would choose the new key
  await store.put(session("a"));
  const { hasConnected, active } = await state();
  assert.deepEqual([hasConnected, active?.id], [true, "a"]);
});

test("a clock that was set back doesn't stop the polling", async (context) => {
  const { open, times } = await startWindows(context);
  const { polling, shared } = open();
  const future = Date.now() + 30 * 24 * hour;
  await shared.writeKey(session("a"), { askedAt: future });
  await shared.write({ requests: Array(12).fill(future), backOff: { until: future, length: hour } });
  polling.start();
  await settle();
  assert.deepEqual(times(), [0]);
});
