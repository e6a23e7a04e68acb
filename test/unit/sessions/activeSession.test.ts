import assert from "node:assert/strict";
import { test } from "node:test";
import { ActiveSession } from "../../../src/sessions/activeSession";
import { session } from "../../fakes/windows";

/** The key in use of a window with these sessions, and what was written about it. */
function start(...ids: string[]) {
  const sessions = ids.map((id, i) => session(id, i));
  const written: [string, unknown][] = [];
  const active = new ActiveSession(
    { current: async () => sessions },
    {
      get: <T>(name: string) => written.findLast(([key]) => key === name)?.[1] as T | undefined,
      update: async (name, value) => void written.push([name, value]),
    },
  );
  return { active, written, used: async () => (await active.read()).active?.id };
}

test("until one is chosen, the newest key is in use, which is then kept", async () => {
  const { active, written, used } = start("a", "b");
  assert.equal(active.wasChosen, false);
  assert.equal(await used(), "b");
  assert.equal(active.wasChosen, true);
  assert.equal(await used(), "b");
  assert.deepEqual(written, [["activeSession", "b"]]);
});

test("the chosen key is in use, and is written once", async () => {
  const { active, written, used } = start("a", "b");
  await active.choose("a");
  await active.choose("a");
  assert.equal(await used(), "a");
  assert.deepEqual((await active.read()).sessions, [session("a", 0), session("b", 1)]);
  assert.deepEqual(written, [["activeSession", "a"]]);
});

test("while the chosen key is gone, the newest is in use, and the choice is kept", async () => {
  const { active, written, used } = start("a", "b");
  await active.choose("gone");
  assert.equal(await used(), "b");
  assert.deepEqual(written, [["activeSession", "gone"]]);
});

test("without keys, none is in use, and none is chosen", async () => {
  const { active, written, used } = start();
  assert.equal(await used(), undefined);
  assert.equal(active.wasChosen, false);
  assert.deepEqual(written, []);
});
