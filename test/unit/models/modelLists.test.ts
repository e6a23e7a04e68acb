import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelLists } from "../../../src/models/modelLists";
import { OpenRouterError } from "../../../src/openrouter/errors";
import type { ModelList } from "../../../src/openrouter/model";
import type { Session } from "../../../src/sessions/session";
import { recordLog } from "../../fakes/editor";
import { FakeModelFiles } from "../../fakes/modelFiles";
import { hour, minute, session, settle } from "../../fakes/windows";
import { model } from "./anyModel";

const listOf = (...ids: string[]): ModelList => ({ models: ids.map((id) => model(id)), popular: ids });
const silent = { silent: true };

/** Windows that share files and sessions, and an OpenRouter that lists what it is told to. */
function world() {
  const files = new FakeModelFiles();
  const world = {
    files,
    now: Date.UTC(2026, 10, 26),
    sessions: [session("a")] as Session[],
    active: "a" as string | undefined,
    /** Whether another window stored a session that this one can't see. */
    hasHidden: false,
    answer: listOf("x/one") as ModelList | Error,
    /** What OpenRouter waits for before it responds. */
    delay: undefined as Promise<void> | undefined,
    /** The keys that were sent, by all windows. */
    requests: [] as string[],
    refused: [] as string[],
    lines: [] as string[],
    open() {
      const window = { changes: 0 };
      const lists = new ModelLists(
        {
          now: () => world.now,
          sessions: async () => world.sessions,
          async assertComplete() {
            if (world.hasHidden) throw new Error("stale");
          },
          activeSession: async () => world.sessions.find(({ id }) => id === world.active),
          async fetch({ key }) {
            world.requests.push(key);
            await world.delay;
            if (world.answer instanceof Error) throw world.answer;
            return world.answer;
          },
          keyRefused: ({ id }) => void world.refused.push(id),
          log: recordLog(world.lines).log,
        },
        files,
      );
      lists.onDidChange(() => window.changes++);
      const ids = async (options = silent) => (await lists.get(options))?.models.map(({ id }) => id);
      return Object.assign(window, { lists, ids });
    },
  };
  return world;
}

/** A failure that OpenRouter answered. The class is another one in the real bundle, so only its fields may matter. */
const refusal = (status: number, retryAfter?: number) =>
  Object.assign(new Error("refused"), { details: { status, withKey: true, retryAfter } });

test("the first answer waits for OpenRouter, and all others don't", async () => {
  const { open, requests } = world();
  const { ids } = open();
  assert.deepEqual([await ids(), await ids(), requests.length], [["x/one"], ["x/one"], 1]);
});

test("a kept list is answered without the network, in another window as well", async () => {
  const here = world();
  await here.open().ids();
  here.delay = new Promise(() => {}); // OpenRouter never responds again
  here.now += 2 * hour;
  assert.deepEqual(await here.open().ids(), ["x/one"]);
});

test("a list that is older than an hour is fetched again behind the answer, and only then", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.answer = listOf("x/one", "x/two");
  here.now += hour;
  await window.ids();
  await settle();
  assert.equal(here.requests.length, 1);
  here.now += 1;
  assert.deepEqual(await window.ids(), ["x/one"]);
  await settle();
  assert.deepEqual([here.requests.length, window.changes], [2, 1]);
  assert.deepEqual(await window.ids(), ["x/one", "x/two"]);
});

test("a list that was fetched again and is the same changes nothing", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.now += hour + 1;
  here.answer = listOf("x/one");
  await window.ids();
  await settle();
  assert.deepEqual([here.requests.length, window.changes], [2, 0]);
});

test("another order of popularity is a change", async () => {
  const here = world();
  here.answer = { ...listOf("x/one", "x/two"), popular: ["x/one", "x/two"] };
  const window = here.open();
  await window.ids();
  here.now += hour + 1;
  here.answer = { ...here.answer, popular: ["x/two", "x/one"] };
  await window.ids();
  await settle();
  assert.equal(window.changes, 1);
});

test("a popularity that can't be had is the last one", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.now += hour + 1;
  here.answer = { ...listOf("x/one"), popular: [] };
  await window.ids();
  await settle();
  assert.deepEqual((await window.lists.get(silent))?.popular, ["x/one"]);
  assert.equal(window.changes, 0);
});

test("one request at a time, whoever asks", async () => {
  const here = world();
  const window = here.open();
  let respond = () => {};
  here.delay = new Promise((resolve) => {
    respond = resolve;
  });
  const answers = [window.ids(), window.ids({ silent: false }), window.lists.refresh()];
  await settle();
  assert.equal(here.requests.length, 1);
  respond();
  await Promise.all(answers);
  assert.equal(here.requests.length, 1);
});

test("what another window has fetched isn't fetched again", async () => {
  const here = world();
  const [one, other] = [here.open(), here.open()];
  await one.ids();
  await other.ids();
  here.answer = listOf("x/two");
  here.now += hour + 1;
  await one.ids();
  await settle();
  await other.ids();
  await settle();
  assert.deepEqual(await other.ids(), ["x/two"]);
  assert.deepEqual([here.requests.length, one.changes, other.changes], [2, 1, 1]);
});

test("offline: the last list, and in a window without one none, or the failure", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.answer = new OpenRouterError("network", "The request failed");
  here.now += 24 * hour;
  assert.deepEqual(await window.ids({ silent: false }), ["x/one"]);
  await settle();
  assert.deepEqual(await window.ids(), ["x/one"]);
  here.files.texts.clear();
  const other = here.open();
  assert.equal(await other.ids(), undefined);
  await assert.rejects(other.ids({ silent: false }), here.answer);
});

test("not connected: none, and no request", async () => {
  const here = world();
  here.sessions = [];
  const window = here.open();
  assert.equal(await window.ids({ silent: false }), undefined);
  assert.equal(await window.lists.refresh(), undefined);
  assert.equal(here.requests.length, 0);
});

test("after a failure the next request waits for a minute, then twice as long each time, an hour at most", async () => {
  const here = world();
  const window = here.open();
  here.answer = new OpenRouterError("network", "The request failed");
  const minutes: number[] = [];
  const start = here.now;
  for (; here.now < start + 6 * hour; here.now += minute) {
    const before = here.requests.length;
    await window.ids();
    await settle();
    if (here.requests.length > before) minutes.push((here.now - start) / minute);
  }
  assert.deepEqual(minutes, [0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303]);
});

test("a failure with a list waits as well, and a success forgets it", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  const list = here.answer;
  const asked = async (passed: number) => {
    here.now += passed;
    const before = here.requests.length;
    await window.ids();
    await settle();
    return here.requests.length - before;
  };
  here.answer = refusal(500);
  assert.deepEqual([await asked(2 * hour), await asked(59_000), await asked(1000)], [1, 0, 1]);
  here.answer = list;
  assert.deepEqual([await asked(2 * minute), await asked(hour + 1)], [1, 1]);
  here.answer = refusal(500);
  assert.deepEqual([await asked(2 * hour), await asked(59_000), await asked(1000)], [1, 0, 1]);
});

test("OpenRouter's Retry-After is obeyed", async () => {
  const here = world();
  const window = here.open();
  here.answer = refusal(429, 10 * minute);
  await window.ids();
  here.now += 10 * minute - 1;
  await window.ids();
  await window.lists.sessionsChanged(); // as it is called each minute
  await settle();
  assert.equal(here.requests.length, 1);
  here.now += 1;
  await window.ids();
  assert.equal(here.requests.length, 2);
});

test("a pause doesn't outlive a clock that was set back", async () => {
  const here = world();
  const window = here.open();
  here.answer = refusal(503);
  await window.ids();
  here.now -= 24 * hour;
  await window.ids();
  assert.equal(here.requests.length, 2);
});

test("a list of the future, after the clock was set back, is fetched again", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.now -= 24 * hour;
  await window.ids();
  await settle();
  assert.equal(here.requests.length, 2);
});

test("a user who asks doesn't wait for a pause", async () => {
  const here = world();
  const window = here.open();
  here.answer = refusal(503);
  await window.ids();
  await assert.rejects(window.ids({ silent: false }), here.answer);
  here.answer = listOf("x/one");
  assert.equal((await window.lists.refresh())?.models.length, 1);
  assert.equal(window.changes, 1, "the last answer was none");
});

test("a refresh fetches a new list as well", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.answer = listOf("x/two");
  assert.deepEqual((await window.lists.refresh())?.popular, ["x/two"]);
  assert.equal(window.changes, 1);
});

test("a 401 is said to be one of the key, and nothing else is", async () => {
  const here = world();
  const window = here.open();
  here.answer = refusal(403);
  await window.ids();
  assert.deepEqual(here.refused, []);
  here.answer = refusal(401);
  here.now += hour;
  await window.ids();
  assert.deepEqual(here.refused, ["a"]);
});

test("another key of the session is asked for at once, behind the list", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.sessions = [{ ...session("a", 2), key: "new" }];
  here.answer = listOf("x/two");
  await window.lists.sessionsChanged();
  await settle();
  assert.deepEqual([here.requests.at(-1), window.changes], ["new", 1]);
  assert.deepEqual(await window.ids(), ["x/two"]);
});

test("a key that failed doesn't make its successor wait", async () => {
  const here = world();
  const window = here.open();
  here.answer = refusal(401);
  await window.ids();
  here.sessions = [{ ...session("a", 2), key: "new" }];
  here.answer = listOf("x/one");
  assert.deepEqual(await window.ids(), ["x/one"]);
});

test("another session in use has its own list", async () => {
  const here = world();
  here.sessions = [session("a"), session("b")];
  const window = here.open();
  await window.ids();
  here.active = "b";
  here.answer = listOf("x/of-b");
  await window.lists.sessionsChanged();
  assert.equal(window.changes, 1);
  assert.deepEqual(await window.ids(), ["x/of-b"]);
  here.active = "a";
  await window.lists.sessionsChanged();
  assert.deepEqual([window.changes, await window.ids(), here.requests.length], [2, ["x/one"], 2]);
});

test("the list of another OpenRouter isn't the session's, even for a moment", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.sessions = [{ ...session("a", 2), baseUrl: "https://gateway.example" }];
  here.answer = listOf("x/two");
  assert.deepEqual(await window.ids(), ["x/two"]);
});

test("connecting and disconnecting are changes, and what is the same isn't", async () => {
  const here = world();
  const { sessions } = here;
  here.sessions = [];
  const window = here.open();
  await window.lists.sessionsChanged();
  assert.equal(window.changes, 0, "nobody was answered yet");
  await window.ids();
  await window.lists.sessionsChanged();
  assert.equal(window.changes, 0);
  here.sessions = sessions;
  await window.lists.sessionsChanged();
  assert.equal(window.changes, 1);
  await window.ids();
  await window.lists.sessionsChanged();
  assert.equal(window.changes, 1);
  here.sessions = [];
  await window.lists.sessionsChanged();
  assert.equal(window.changes, 2);
});

test("a window keeps the lists of sessions that it can't see", async () => {
  const here = world();
  await here.open().ids();
  here.hasHidden = true;
  here.sessions = [];
  const window = here.open();
  await window.ids();
  await window.lists.sessionsChanged();
  await settle();
  assert.deepEqual([...here.files.texts.keys()], ["a.json"]);
});

test("nothing is kept of a session that was disconnected, here or in another window, or while it was asked about", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  assert.deepEqual([...here.files.texts.keys()], ["a.json"]);
  const { sessions } = here;
  here.sessions = [];
  await window.lists.sessionsChanged();
  assert.equal(here.files.texts.size, 0);
  here.sessions = sessions;
  await window.ids();
  assert.equal(here.requests.length, 2, "not in memory either");

  here.sessions = [];
  here.files.texts.set("elsewhere.json", "{}");
  await here.open().ids();
  await settle();
  assert.equal(here.files.texts.size, 0);

  here.sessions = [session("a")];
  let respond = () => {};
  here.delay = new Promise((resolve) => {
    respond = resolve;
  });
  const answer = window.ids();
  await settle();
  here.sessions = [];
  respond();
  await answer;
  assert.equal(here.files.texts.size, 0);
});

test("a damaged file is fetched again", async () => {
  const here = world();
  here.files.texts.set("a.json", "{");
  assert.deepEqual(await here.open().ids(), ["x/one"]);
  assert.deepEqual(await here.open().ids(), ["x/one"]);
  assert.equal(here.requests.length, 1);
});

test("a disk that fails is logged, and this window goes on", async () => {
  const here = world();
  here.files.failure = new Error("The disk is full");
  const window = here.open();
  assert.deepEqual([await window.ids(), await window.ids(), here.requests.length], [["x/one"], ["x/one"], 1]);
  assert.ok(here.lines.some((line) => line.includes("The disk is full")));
});

test("the file is read once, also for many who ask at once, and then no more", async () => {
  const here = world();
  await here.open().ids();
  here.files.calls.length = 0;
  const window = here.open();
  await Promise.all([window.ids(), window.ids(), window.ids()]);
  await window.ids();
  assert.equal(here.files.calls.filter((call) => call.startsWith("read")).length, 1);
});

test("keys that can't be read are a failure, not none", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  const failure = new Error("locked");
  Object.defineProperty(here, "sessions", {
    get: () => {
      throw failure;
    },
  });
  await assert.rejects(window.ids(), failure);
  await window.lists.sessionsChanged(); // logs it
  assert.ok(here.lines.some((line) => line.includes("locked")));
  assert.equal(window.changes, 0);
});

test("no key gets into the log or a file", async () => {
  const here = world();
  const window = here.open();
  await window.ids();
  here.answer = refusal(401);
  here.now += 2 * hour;
  await window.ids();
  await settle();
  const texts = [...here.lines, ...here.files.texts.values()].join("\n");
  assert.ok(!texts.includes(session("a").key));
});
