import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accountLabel,
  changesBetween,
  hideTime,
  isHidden,
  type Session,
  uniqueLabel,
  upgradeSession,
} from "../../../src/sessions/session";
import { session } from "../../fakes/windows";

test("an account is called as its key is, cut to leave room for a number, or else OpenRouter", () => {
  assert.equal(accountLabel("Laptop"), "Laptop");
  assert.equal(accountLabel("😀".repeat(100)), "😀".repeat(90));
  for (const none of [undefined, "", " \u200b"]) assert.equal(accountLabel(none), "OpenRouter");
});

test("a label gets the first number that no other account has", () => {
  const labels = (...all: string[]): Session[] => all.map((label) => ({ ...session(label), label }));
  assert.equal(uniqueLabel("A", labels("B", "A (2)")), "A");
  assert.equal(uniqueLabel("A", labels("A", "A (2)", "A (4)")), "A (3)");
});

test("a session is hidden until its time, unless that is too far away to be meant", () => {
  const at = (hiddenUntil?: number) => ({ ...session("a"), ...(hiddenUntil && { hiddenUntil }) });
  const now = 1_000_000;
  const cases = [undefined, now, now + 1, now + hideTime, now + hideTime + 1] as const;
  assert.deepEqual(
    cases.map((hiddenUntil) => isHidden(at(hiddenUntil), now)),
    [false, false, true, true, false],
  );
});

test("of the first version, the account's id is the user, unless it is a hash of the key and nothing else", () => {
  const hash = "0f".repeat(32);
  const upgraded = (id: string) =>
    upgradeSession({ version: 1, id: "a", key: "k", account: { id, label: "L" } }) as Session;
  assert.equal(upgraded(hash).userId, undefined);
  for (const id of ["user_1", hash.slice(1), `${hash}0`, `user_${hash}`, hash.toUpperCase()])
    assert.equal(upgraded(id).userId, id);
  assert.deepEqual([upgraded("u").label, upgraded("u").version, upgraded("u").key], ["L", 2, "k"]);
});

test("any record but one of the first version stays as it is", () => {
  const account = { id: "user", label: "L" };
  for (const record of [
    session("a"),
    { version: 2, account },
    { version: 1 },
    { version: 1, account: {} },
    "x",
  ])
    assert.equal(upgradeSession(record), record);
});

test("of two reads, what was added, removed and changed is told apart", () => {
  const read = (...sessions: Session[]) => new Map(sessions.map((one) => [one.id, one]));
  const [a, b, c, d] = [session("a"), session("b"), session("c"), session("d")];
  const other = { ...b, key: "other" };
  assert.deepEqual(changesBetween(read(a, b, d), read(other, c, d)), {
    added: [c],
    removed: [a],
    changed: [other],
  });
  assert.deepEqual(changesBetween(read(a), read(b)), { added: [b], removed: [a], changed: [] });
  assert.equal(changesBetween(read(a, b), read(b, { ...a })), undefined);
  assert.equal(changesBetween(undefined, read(a)), undefined);
});
