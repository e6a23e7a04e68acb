import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type TurnCost, TurnCosts } from "../../../src/spending/turnCosts";
import { request } from "./anySpending";

const cents = 10_000_000;
const estimate = (cost: number) => request(cost, { estimatedRequests: 1, estimatedCost: cost });

function open(context: Pick<TestContext, "mock">) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const turns = new TurnCosts();
  let shown: TurnCost | undefined;
  turns.onDidChange((cost) => {
    shown = cost;
  });
  return { turns, shown: () => shown && `${shown.isEstimate ? "≈" : ""}${shown.usd}` };
}

test("a turn is shown while it runs, as an estimate, and for a minute after it at what it cost", (context) => {
  const { turns, shown } = open(context);
  const first = turns.begin("a.b", false, estimate(cents));
  assert.equal(shown(), "≈0.01");
  first.estimate(estimate(2 * cents));
  assert.equal(shown(), "≈0.02");
  first.end(request(3 * cents, { upstreamCost: cents }));
  assert.equal(shown(), "0.04");
  context.mock.timers.tick(59_999);
  assert.equal(shown(), "0.04");
  context.mock.timers.tick(1);
  assert.equal(shown(), undefined);
});

test("requests with the results of tools go on with the turn, and another question begins a new one", (context) => {
  const { turns, shown } = open(context);
  turns.begin("a.b", false, estimate(0)).end(request(cents));
  const second = turns.begin("a.b", true, estimate(0));
  context.mock.timers.tick(120_000);
  assert.equal(shown(), "≈0.01", "it's shown as long as it runs");
  second.end(request(2 * cents));
  assert.equal(shown(), "0.03");
  turns.begin("a.b", false, estimate(0)).end(request(5 * cents));
  assert.equal(shown(), "0.05");
});

test("a turn goes on after a tool that took longer than a turn is shown", (context) => {
  const { turns, shown } = open(context);
  turns.begin("a.b", false, estimate(0)).end(request(cents));
  context.mock.timers.tick(60_000);
  assert.equal(shown(), undefined);
  turns.begin("a.b", true, estimate(0)).end(request(2 * cents));
  assert.equal(shown(), "0.03");
});

test("a turn that still runs is shown again once another one has been", (context) => {
  const { turns, shown } = open(context);
  const one = turns.begin("a.b", false, estimate(cents));
  turns.begin("c.d", false, estimate(0)).end(request(2 * cents));
  context.mock.timers.tick(60_000);
  assert.equal(shown(), "≈0.01");
  one.estimate(estimate(3 * cents));
  assert.equal(shown(), "≈0.03");
});

test("what is asked beside a turn is part of it", (context) => {
  const { turns, shown } = open(context);
  const answer = turns.begin("a.b", false, estimate(0));
  turns.begin("a.b", false, estimate(0)).end(request(cents));
  answer.end(request(2 * cents));
  assert.equal(shown(), "0.03");
});

test("each extension has turns of its own, and the one that went on last is shown", (context) => {
  const { turns, shown } = open(context);
  const one = turns.begin("a.b", false, estimate(cents));
  const other = turns.begin("c.d", false, estimate(2 * cents));
  assert.equal(shown(), "≈0.02");
  one.estimate(estimate(4 * cents));
  assert.equal(shown(), "≈0.02");
  one.end(request(5 * cents));
  assert.equal(shown(), "0.05");
  other.end(request(3 * cents));
  assert.equal(shown(), "0.03");
});

test("a request that cost nothing, since it was refused, isn't shown", (context) => {
  const { turns, shown } = open(context);
  turns.begin("a.b", false, estimate(cents)).end(undefined);
  assert.equal(shown(), undefined);
  turns.begin("a.b", false, estimate(0)).end(request(0));
  assert.equal(shown(), "0", "a free model");
});

test("what isn't known isn't shown as nothing", (context) => {
  const { turns, shown } = open(context);
  const router = turns.begin("a.b", false, estimate(0));
  assert.equal(shown(), undefined);
  router.estimate(estimate(cents));
  assert.equal(shown(), "≈0.01");
  router.end(estimate(0));
  assert.equal(shown(), undefined);
});
