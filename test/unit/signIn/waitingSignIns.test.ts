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
  version: 2,
  id: `of ${signInId}`,
  key: "k",
  label: "label",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
  signInId,
});

/** A window that waits for a sign-in. The test controls the store and the pending sign-ins. */
function start(context: TestContext, signal = new AbortController().signal) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const changes = new Emitter<SessionChanges>();
  const pendingChanges = new Emitter<string>();
  const checkedIds: string[] = [];
  let listeners = 0;
  let reads = 0;
  const countListeners =
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
  const held = new Set<string>();
  const store = {
    onDidChange: countListeners(changes),
    isHeld: async (id: string) => {
      reads++;
      return held.has(id);
    },
  };
  const pending = {
    onDidChange: countListeners(pendingChanges),
    isOpen: async (id: string) => {
      checkedIds.push(id);
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
    checkedIds,
    held,
    listeners: () => listeners,
    reads: () => reads,
  };
}

test("only the sign-in's own session ends the wait, whether it is added or changed", async (context) => {
  for (const kind of ["added", "changed"] as const) {
    context.mock.timers.reset();
    const { connection, changes, dispose } = start(context);
    const none = { added: [], changed: [], removed: [] };
    changes.fire({ ...none, removed: [session("ours")] });
    changes.fire({ ...none, [kind]: [session("other")] });
    changes.fire({ ...none, [kind]: [session("other"), session("ours")] });
    assert.deepEqual(await connection, {
      session: session("ours"),
      requestedTerms: { limit: "5" },
      isShown: true,
    });
    dispose();
  }
});

test("disposing leaves no timer, no listener and nothing to claim", (context) => {
  const { waiting, dispose, signal, listeners, reads } = start(context);
  assert.deepEqual([listeners(), getEventListeners(signal, "abort").length], [2, 1]);
  dispose();
  context.mock.timers.tick(10 * 60_000);
  assert.deepEqual([listeners(), getEventListeners(signal, "abort").length, reads()], [0, 0, 0]);
  assert.equal(waiting.claim(signIn.id), undefined);
});

test("a sign-in that was canceled before isn't waited for", async (context) => {
  const { connection } = start(context, AbortSignal.abort(new Error("canceled")));
  await assert.rejects(connection, /canceled/);
});

test("a callback right after a cancel gets an aborted signal, and its failure is not reported", async (context) => {
  const controller = new AbortController();
  const { waiting, connection } = start(context, controller.signal);
  controller.abort(new Error("canceled"));
  const claimed = waiting.claim(signIn.id);
  assert.equal(claimed?.signal.aborted, true);
  claimed.settle(Promise.reject(new Error("failed after the cancel")));
  await assert.rejects(connection, /canceled/);
});

test("a change of another sign-in is ignored", (context) => {
  const { pendingChanges, checkedIds } = start(context);
  pendingChanges.fire("other");
  assert.deepEqual(checkedIds, []);
  pendingChanges.fire("ours");
  assert.deepEqual(checkedIds, ["ours"]);
});
