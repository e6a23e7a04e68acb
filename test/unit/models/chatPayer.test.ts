import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatError, type ChatFailure, type UsedBudget } from "../../../src/models/chatError";
import { type ChatCaller, ChatPayer } from "../../../src/models/chatPayer";
import type { Access } from "../../../src/models/modelAccess";
import type { OpenRouterModel } from "../../../src/openrouter/model";
import type { Session } from "../../../src/sessions/session";
import { session } from "../../fakes/windows";
import { model } from "./anyModel";

const used: UsedBudget = { spent: 5.02, budget: 5, since: "2026-11-01", resets: "2026-12-01" };
const free = { prices: { prompt: 0, completion: 0 } };

/** A request of an extension for a model. */
function open(asked: OpenRouterModel = model("a/b", { prices: { prompt: 1, completion: 1 } })) {
  const cancel = new AbortController();
  const world = {
    active: session("a") as Session | undefined,
    access: "allowed" as Access,
    /** What the budgets say. */
    check: async (): Promise<UsedBudget | "invalid" | undefined> => undefined,
    /** What they were asked about. */
    checked: [] as [string | undefined, number][],
    cancel,
  };
  const payer = new ChatPayer(
    {
      sessions: async () => (world.active ? [world.active] : []),
      activeSession: async () => world.active,
    },
    { check: async () => world.access },
    { find: async () => asked },
    {
      check(initiator, noted) {
        world.checked.push([initiator, noted]);
        return world.check();
      },
    },
  );
  const caller: ChatCaller = { initiator: "Some.Extension", model: asked.id, signal: cancel.signal };
  return { world, payer, caller };
}

const fails =
  (failure: ChatFailure, details: Partial<ChatError["details"]> = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof ChatError);
    assert.equal(error.failure, failure);
    for (const [name, value] of Object.entries(details))
      assert.deepEqual(error.details[name as keyof ChatError["details"]], value);
    return true;
  };

test("within its budget, an extension is asked about once before the request, and once before each repetition", async () => {
  const { world, payer, caller } = open();
  const { session: paying } = await payer.choose(caller);
  await payer.chooseAgain(paying, caller, 20);
  assert.deepEqual(world.checked, [
    ["Some.Extension", 0],
    ["Some.Extension", 20],
  ]);
});

for (const [what, check, expected] of [
  ["a budget that is used up", async () => used, fails("overBudget", { usedBudget: used })],
  [
    "an invalid setting",
    async () => "invalid" as const,
    fails("badSettings", { setting: "extensionBudgets" }),
  ],
  ["a ledger that can't be read", () => Promise.reject(new Error("disk")), fails("spendingUnreadable")],
] as const) {
  test(`nobody pays with ${what}`, async () => {
    const { world, payer, caller } = open();
    world.check = check;
    await assert.rejects(payer.choose(caller), expected);
    await assert.rejects(payer.chooseAgain(session("a"), caller), expected);
  });
}

test("who isn't allowed isn't asked about", async () => {
  const { world, payer, caller } = open();
  for (const access of ["denied", "unanswered"] as const) {
    world.access = access;
    await assert.rejects(payer.choose(caller));
    await assert.rejects(payer.chooseAgain(session("a"), caller));
  }
  assert.deepEqual(world.checked, []);
});

test("a free model needs no budget", async () => {
  const { world, payer, caller } = open(model("a/b:free", free));
  world.check = async () => used;
  const { session: paying } = await payer.choose(caller);
  await payer.chooseAgain(paying, caller);
});

for (const costly of [
  model("a/b", free), // may cost by the request, or by the image
  model("a/b:free@preset/search", free),
  model("a/b:free"),
  model("a/b:free", { prices: { prompt: 0, completion: 1 } }),
  model("a/b:free", { prices: { prompt: 1, completion: 0 } }),
]) {
  test(`what may cost something needs a budget: ${JSON.stringify(costly)}`, async () => {
    const { world, payer, caller } = open(costly);
    world.check = async () => used;
    await assert.rejects(payer.choose(caller), fails("overBudget"));
    await assert.rejects(payer.chooseAgain(session("a"), caller), fails("overBudget"));
  });
}

test("the key is looked for again after what was spent is read", async () => {
  const { world, payer, caller } = open();
  world.check = async () => {
    world.active = undefined;
    return undefined;
  };
  await assert.rejects(payer.choose(caller), fails("notConnected"));
});

test("a request that is canceled meanwhile ends so", async () => {
  const { world, payer, caller } = open();
  const reason = new Error("canceled");
  world.check = async () => {
    world.cancel.abort(reason);
    return used;
  };
  await assert.rejects(payer.choose(caller), reason);
});
