import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answerTime } from "../../../src/models/accessQuestions";
import type { Session } from "../../../src/sessions/session";
import { FakeClock } from "../../fakes/clock";
import { FakeSecretStorage } from "../../fakes/secrets";
import { session as sessionWith, settle } from "../../fakes/windows";
import { openAccessWindow } from "./accessWindow";

const cline = "saoudrizwan.claude-dev";
const session = sessionWith("a");
const other = sessionWith("b");

let storage: FakeSecretStorage;
let clock: FakeClock;
const openWindow = () => openAccessWindow(storage, () => clock.now);

beforeEach(() => {
  storage = new FakeSecretStorage();
  clock = new FakeClock();
  clock.install();
});
afterEach(() => clock.uninstall());

/** Requests, and what the first open question is answered. */
async function ask(
  window: ReturnType<typeof openWindow>,
  answer: boolean | undefined,
  initiator = cline,
  about: Session = session,
) {
  const request = window.access.check(initiator, about);
  await settle();
  assert.equal(window.open.length, 1, "one question is open");
  window.open[0]?.answer(answer);
  return request;
}

test("VS Code and its chat are the user, whatever the case of the id", async () => {
  const { access, asked } = openWindow();
  for (const id of ["core", "github.copilot-chat", "GitHub.Copilot-Chat"])
    assert.equal(await access.check(id, session), "allowed");
  assert.equal(asked.length, 0);
});

test("ids that only look like VS Code's are asked about", async () => {
  const names = ["core.core", "x.core", "CORE", "github.copilot-chat ", "github.copilot-chat2"];
  const odd = ["__proto__", "constructor", "toString", "a\nb", " "];
  for (const id of [...names, ...odd]) {
    const window = openWindow();
    assert.equal(await ask(window, false, id), "denied", id);
    assert.equal(await window.access.check(id, session), "denied", id);
    assert.deepEqual(window.asked, [id]);
  }
});

test("nothing is allowed before the user allows it, and each extension is asked about once, for all windows", async () => {
  const [here, there] = [openWindow(), openWindow()];
  let access: string | undefined;
  const request = here.access.check(cline, session).then((result) => {
    access = result;
  });
  await settle();
  assert.equal(access, undefined);
  here.open[0]?.answer(true);
  await request;
  assert.equal(access, "allowed");
  for (const window of [here, there, openWindow()]) {
    assert.equal(await window.access.check(cline.toUpperCase(), session), "allowed");
    assert.equal(await window.access.check(cline, session), "allowed");
  }
  assert.deepEqual([here.asked, there.asked], [[cline], []]);
});

test("a refusal is kept for all windows, and the extension can't ask again", async () => {
  const here = openWindow();
  assert.equal(await ask(here, false), "denied");
  for (const window of [here, openWindow()]) {
    assert.equal(await window.access.check(cline, session), "denied");
    assert.equal(await window.access.check("Saoudrizwan.Claude-Dev", session), "denied");
    assert.equal(window.open.length, 0);
  }
});

test("a dismissed question is a no for this window, and another window asks once as well", async () => {
  for (const window of [openWindow(), openWindow()]) {
    assert.equal(await ask(window, undefined), "denied");
    assert.equal(await window.access.check(cline, session), "denied");
    assert.equal(window.asked.length, 1);
  }
});

test("another account is asked about again, but not the same one with another key", async () => {
  const window = openWindow();
  assert.equal(await ask(window, true), "allowed");
  assert.equal(await window.access.check(cline, { ...session, key: "new", createdAt: 9 }), "allowed");
  assert.equal(await ask(window, false, cline, other), "denied");
  assert.equal(await window.access.check(cline, session), "allowed");
});

test("several requests of one extension share a question, and several extensions are asked about in turn", async () => {
  const window = openWindow();
  const requests = ["a.a", "A.A", "b.b", "a.a", "b.b"].map((id) => window.access.check(id, session));
  await settle();
  assert.deepEqual(window.asked, ["a.a"]);
  window.open[0]?.answer(true);
  await settle();
  assert.deepEqual(window.asked, ["a.a", "b.b"]);
  window.open[0]?.answer(false);
  assert.deepEqual(await Promise.all(requests), ["allowed", "allowed", "denied", "allowed", "denied"]);
});

test("no answer within two minutes is a no for this request; a late answer is kept", async () => {
  const window = openWindow();
  const first = window.access.check(cline, session);
  await settle();
  clock.advance(answerTime - 1);
  const second = window.access.check(cline, session);
  await settle();
  clock.advance(1);
  assert.equal(await first, "unanswered");
  assert.equal(window.open.length, 1);
  window.open[0]?.answer(true);
  assert.equal(await second, "allowed");
  assert.equal(await window.access.check(cline, session), "allowed");
  assert.deepEqual(window.asked, [cline]);
  assert.equal(clock.pending(answerTime), 0);
});

test("a question that nobody waits for anymore isn't asked", async () => {
  const window = openWindow();
  const [first, second] = ["a.a", "b.b"].map((id) => window.access.check(id, session));
  await settle();
  clock.advance(answerTime);
  assert.deepEqual([await first, await second], ["unanswered", "unanswered"]);
  window.open[0]?.answer(undefined);
  await settle();
  assert.deepEqual(window.asked, ["a.a"]);
  assert.equal(await ask(window, true, "b.b"), "allowed", "it is asked with the next request");
});

test("a request that is canceled waits no longer, and asks nothing if it was canceled before", async () => {
  const window = openWindow();
  const abort = new AbortController();
  const request = window.access.check(cline, session, abort.signal);
  await settle();
  abort.abort();
  assert.equal(await request, "unanswered");
  assert.equal(clock.pending(answerTime), 0);
  assert.equal(await window.access.check("b.b", session, abort.signal), "unanswered");
  window.open[0]?.answer(true);
  await settle();
  assert.equal(await window.access.check(cline, session, abort.signal), "allowed");
  assert.deepEqual(window.asked, [cline]);
});

test("an extension that VS Code doesn't name is asked about once in each window", async () => {
  const here = openWindow();
  assert.equal(await ask(here, true, ""), "allowed");
  assert.equal(await here.access.check(undefined, session), "allowed");
  assert.deepEqual(here.asked, [undefined]);
  assert.equal(await ask(openWindow(), false, ""), "denied");
  assert.deepEqual(await openWindow().access.list(), []);
  assert.equal((await here.access.list())[0]?.extension, "");
});

test("what the user changes counts for the next request, in all windows", async () => {
  const [here, there] = [openWindow(), openWindow()];
  assert.equal(await ask(here, true), "allowed");
  await there.access.set(cline, session.id, false);
  assert.equal(await here.access.check(cline, session), "denied");
  await here.access.set(cline.toUpperCase(), session.id, undefined);
  assert.equal(await ask(there, true), "allowed");
  assert.equal(await here.access.check(cline, session), "allowed");
});

test("what the user decides elsewhere while the question is open counts for the requests that wait", async () => {
  const [here, there] = [openWindow(), openWindow()];
  const request = here.access.check(cline, session);
  await settle();
  await there.access.set(cline, session.id, true);
  clock.advance(answerTime);
  assert.equal(await request, "allowed");
});

test("the user can have a question asked again that was dismissed", async () => {
  const [here, there] = [openWindow(), openWindow()];
  for (const window of [here, there]) assert.equal(await ask(window, undefined), "denied");
  assert.deepEqual(await here.access.list(), [{ extension: cline, session: session.id }]);
  clock.now++;
  await here.access.set(cline, session.id, undefined);
  assert.deepEqual(await here.access.list(), []);
  assert.equal(await ask(here, undefined), "denied");
  assert.deepEqual(await here.access.list(), [{ extension: cline, session: session.id }]);
  assert.equal(await ask(there, true), "allowed");
  assert.deepEqual(
    (await here.access.list()).map(({ allowed }) => allowed),
    [true],
  );
});

test("a dismissed question is asked again at once where the user wants it, whatever the clock says", async () => {
  const window = openWindow();
  clock.now = 9;
  assert.equal(await ask(window, undefined), "denied");
  clock.now = 3; // it was set back
  await window.access.set(cline, session.id, undefined);
  assert.equal(await ask(window, true), "allowed");
});

test("a question whose turn comes after the user has decided elsewhere isn't asked", async () => {
  const [here, there] = [openWindow(), openWindow()];
  const requests = ["a.a", "b.b"].map((id) => here.access.check(id, session));
  await settle();
  await there.access.set("b.b", session.id, false);
  here.open[0]?.answer(true);
  assert.deepEqual(await Promise.all(requests), ["allowed", "denied"]);
  assert.deepEqual(here.asked, ["a.a"]);
});

test("of two decisions at the same moment, the stricter one counts, whichever was written first", async () => {
  for (const [first, second] of [
    [true, false],
    [false, true],
    [false, undefined],
    [undefined, false],
  ]) {
    storage = new FakeSecretStorage();
    const windows = [openWindow(), openWindow()];
    await Promise.all(windows.map(({ access }, i) => access.set(cline, session.id, i ? second : first)));
    await settle();
    for (const window of [...windows, openWindow()])
      assert.equal(await window.access.check(cline, session), "denied");
  }
});

test("nothing is kept of a session that was removed, not even an answer that comes later", async () => {
  const [here, there] = [openWindow(), openWindow()];
  await ask(here, true);
  await ask(here, true, cline, other);
  await there.access.refresh();
  const late = here.access.check("b.b", session);
  await settle();
  await Promise.all([here, there].map(({ access }) => access.forget(session.id)));
  here.open[0]?.answer(true);
  assert.equal(await late, "unanswered");
  for (const window of [here, there, openWindow()]) {
    assert.deepEqual(
      (await window.access.list()).map((item) => item.session),
      [other.id],
    );
  }
  assert.equal(await ask(there, true), "allowed", "it is asked again once the session is back");
  assert.equal(await here.access.check(cline, session), "allowed");
});

test("a session is also forgotten by a window that has read nothing yet", async () => {
  await ask(openWindow(), true);
  await openWindow().access.forget(session.id);
  assert.equal(await ask(openWindow(), false), "denied");
});

test("a question that can't be asked fails its requests, and keeps no other from being asked", async () => {
  const window = openWindow();
  const first = window.access.check("a.a", session);
  const second = window.access.check("b.b", session);
  await settle();
  window.open[0]?.fail(new Error("no window"));
  await assert.rejects(first, /no window/);
  await settle();
  window.open[0]?.answer(true);
  assert.equal(await second, "allowed");
  assert.equal(await ask(window, true, "a.a"), "allowed");
});

test("records that can't be read count as none, and are asked about", async () => {
  const good = { extension: cline, session: session.id, allowed: true, at: 1 };
  for (const bad of [
    { ...good, allowed: "true" },
    { ...good, allowed: 1 },
    { ...good, at: "1" },
    { ...good, at: Number.NaN },
    { ...good, extension: [cline] },
    { ...good, session: undefined },
    null,
    "x",
  ]) {
    storage.stored.set("modelAccess", JSON.stringify({ modelAccess: [bad] }));
    assert.equal(await ask(openWindow(), true), "allowed");
  }
  for (const bad of [{}, "x", 1, null, { [`${cline}\n${session.id}`]: true }]) {
    storage.stored.set("modelAccess", JSON.stringify({ modelAccess: bad }));
    assert.equal(await ask(openWindow(), false), "denied");
  }
});

test("without secret storage, this window keeps the answers", async () => {
  storage.interfere = () => {
    throw new Error("locked");
  };
  const window = openWindow();
  assert.equal(await ask(window, true), "allowed");
  assert.equal(await window.access.check(cline, session), "allowed");
  await window.access.set(cline, session.id, false);
  assert.equal(await window.access.check(cline, session), "denied");
});
