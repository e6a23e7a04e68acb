import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { type TestContext, test } from "node:test";
import { Emitter } from "../../../src/common/emitter";
import type { Session, SessionChanges } from "../../../src/sessions/session";
import type { OpenSignIn } from "../../../src/signIn/pendingSignIns";
import { WaitingSignIns } from "../../../src/signIn/waitingSignIns";

const signIn: OpenSignIn = {
  version: 1,
  id: "ours",
  startedAt: 0,
  baseUrl: "https://openrouter.ai",
  requestedTerms: { limit: "5" },
  codeVerifier: "v",
};
const session = (signInId: string): Session => ({
  version: 1,
  id: `of ${signInId}`,
  key: "k",
  account: { id: "user", label: "label" },
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
  signInId,
});

/** A window that waits for a sign-in, with a store and sign-ins that the test tells what to say. */
function start(context: TestContext, signal = new AbortController().signal) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const changes = new Emitter<SessionChanges>();
  const pendingChanges = new Emitter<string>();
  const asked: string[] = [];
  let listeners = 0;
  let looks = 0;
  const counted =
    <T>({ event }: Emitter<T>) =>
    (listener: (value: T) => void) => {
      listeners++;
      const { dispose } = event(listener);
      return {
        dispose: () => {
          listeners--;
          dispose();
        },
      };
    };
  const store = { onDidChange: counted(changes), list: async () => void looks++ };
  const pending = {
    onDidChange: counted(pendingChanges),
    isOpen: async (id: string) => {
      asked.push(id);
      return true;
    },
  };
  const waiting = new WaitingSignIns(store as never, pending as never);
  const { connection, dispose } = waiting.start(signIn, signal);
  return {
    waiting,
    connection,
    dispose,
    signal,
    changes,
    pendingChanges,
    asked,
    listeners: () => listeners,
    looks: () => looks,
  };
}

test("only the session of the sign-in itself ends the waiting, whether it is added or changed", async (context) => {
  for (const how of ["added", "changed"] as const) {
    context.mock.timers.reset();
    const { connection, changes, dispose } = start(context);
    const none = { added: [], changed: [], removed: [] };
    changes.fire({ ...none, removed: [session("ours")] });
    changes.fire({ ...none, [how]: [session("another's")] });
    changes.fire({ ...none, [how]: [session("another's"), session("ours")] });
    assert.deepEqual(await connection, { session: session("ours"), requestedTerms: { limit: "5" } });
    dispose();
  }
});

test("disposing leaves no timer, no listener, and nothing to go on with", (context) => {
  const { waiting, dispose, signal, listeners, looks } = start(context);
  assert.deepEqual([listeners(), getEventListeners(signal, "abort").length], [2, 1]);
  dispose();
  context.mock.timers.tick(10 * 60_000);
  assert.deepEqual([listeners(), getEventListeners(signal, "abort").length, looks()], [0, 0, 0]);
  assert.equal(waiting.claim(signIn.id), undefined);
});

test("what was cancelled before is not waited for", async (context) => {
  const { connection } = start(context, AbortSignal.abort(new Error("cancelled")));
  await assert.rejects(connection, /cancelled/);
});

test("a callback in the moment of a cancel is not gone on with, and of no other's alert", async (context) => {
  const controller = new AbortController();
  const { waiting, connection } = start(context, controller.signal);
  controller.abort(new Error("cancelled"));
  const claimed = waiting.claim(signIn.id);
  assert.equal(claimed?.signal.aborted, true);
  claimed.settle(Promise.reject(new Error("failed after the cancel")));
  await assert.rejects(connection, /cancelled/);
});

test("another sign-in's change is none of this one's", (context) => {
  const { pendingChanges, asked } = start(context);
  pendingChanges.fire("another's");
  assert.deepEqual(asked, []);
  pendingChanges.fire("ours");
  assert.deepEqual(asked, ["ours"]);
});
