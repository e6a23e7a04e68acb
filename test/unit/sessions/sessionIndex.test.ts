import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "../../../src/sessions/session";
import { SessionIndex } from "../../../src/sessions/sessionIndex";
import { session } from "../../fakes/windows";

const openedAt = 100_000;

/** The index of a window, and what is stored of it. */
function start(needed: boolean, stored?: Record<string, number | "removed">) {
  const state = new Map<string, unknown>(stored && [["sessions", stored]]);
  const index = new SessionIndex(
    {
      get: <T>(name: string, fallback?: T) => (state.get(name) as T | undefined) ?? fallback,
      update: async (name: string, value: unknown) => void state.set(name, value),
    },
    needed,
    openedAt,
  );
  return { index, state };
}
const read = (...sessions: Session[]) => new Map(sessions.map((one) => [one.id, one]));

test("what is noted is added to what other windows noted", async () => {
  const { index, state } = start(true, { a: 1 });
  await index.note("b", 2);
  await index.note("a", "removed");
  assert.deepEqual([...state], [["sessions", { a: "removed", b: 2 }]]);
  assert.deepEqual(index.entries(), { a: "removed", b: 2 });
});

test("where windows share SecretStorage, nothing is noted, nor believed", async () => {
  const { index, state } = start(false, { a: 1 });
  await index.note("b", 2);
  assert.deepEqual([...state], [["sessions", { a: 1 }]]);
  assert.deepEqual(index.entries(), {});
  assert.deepEqual(index.compare(read(), true), { hidden: [], lost: [] });
});

test("a session that is there with its key, or a later one, isn't missing, nor one that was removed", () => {
  const { index } = start(true, { same: 5, later: 5, gone: "removed" });
  assert.deepEqual(
    index.compare(read(session("same", 5), session("later", 6), session("unnoted", 1)), true),
    {
      hidden: [],
      lost: [],
    },
  );
});

test("a session that is missing, or has an earlier key, is lost if it was stored before the window was opened", () => {
  const { index } = start(true, {
    missing: 0,
    earlier: 5,
    before: openedAt - 10_001,
    since: openedAt - 10_000,
  });
  const sessions = read(session("earlier", 4));
  assert.deepEqual(index.compare(sessions, true), {
    hidden: ["since"],
    lost: ["missing", "earlier", "before"],
  });
  assert.deepEqual(index.compare(sessions, false).lost, [], "a later read sees what other windows did since");
});
