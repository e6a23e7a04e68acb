import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatCost, type ChatProgress } from "../../../src/models/chatCost";
import { sum } from "../../../src/models/textFeatures";

const prices = { prompt: 0.001, completion: 0.01, cacheRead: 0.0001 };
const told = { promptTokens: 90, completionTokens: 5, cachedTokens: 10, reasoningTokens: 2 };
const costOf = (progress: ChatProgress) => {
  const cost = new ChatCost({ prices }, 100, (features) => Math.round(sum(features)));
  cost.progress = progress;
  return cost;
};

test("until OpenRouter says what it charged, the cost is an estimate, which grows with what the model says", () => {
  const cost = costOf("accepted");
  const estimate = (completionTokens: number) => ({
    promptTokens: 100,
    completionTokens,
    cachedTokens: 0,
    reasoningTokens: 0,
    cost: 0.1 + completionTokens * 0.01,
    isEstimate: true,
  });
  assert.deepEqual(cost.spending, estimate(0));
  cost.add({ kind: "text", text: "one two three" });
  assert.deepEqual(cost.spending, estimate(3));
  cost.add({ kind: "reasoning", text: "four" });
  cost.add({ kind: "piece", text: "five six" });
  assert.deepEqual(cost.spending, estimate(5));
  cost.add({ kind: "toolCall", id: "c", name: "five", input: { six: true } });
  assert.deepEqual(cost.spending, estimate(5), "its pieces came before");
  cost.add({ kind: "usage", usage: { ...told, cost: 0.25, upstreamCost: 2 } });
  assert.deepEqual(cost.spending, { ...told, cost: 0.25, upstreamCost: 2, isEstimate: false });
  assert.deepEqual(cost.end(false), cost.spending);
});

test("where a server tells tokens and no cost, it's that of the tokens", () => {
  const cost = costOf("accepted");
  cost.add({ kind: "usage", usage: told });
  const { cost: usd, isEstimate } = cost.spending;
  assert.ok(isEstimate);
  assert.equal(usd.toFixed(6), (80 * 0.001 + 10 * 0.0001 + 5 * 0.01).toFixed(6));
});

test("more tokens from the cache than there are don't make it cheaper than they are", () => {
  const cost = costOf("accepted");
  cost.add({ kind: "usage", usage: { ...told, cachedTokens: 1000, completionTokens: 0 } });
  assert.equal(cost.spending.cost.toFixed(6), (1000 * 0.0001).toFixed(6));
});

test("where the price varies, the estimate is that of the usual provider", () => {
  const nitro = new ChatCost({ usualPrices: prices }, 100, () => 1);
  assert.equal(nitro.spending.cost, 0.1);
  nitro.answeredBy({ prices: { prompt: 5, completion: 5 } });
  assert.equal(nitro.spending.cost, 0.1);
});

test("a router costs nothing until it's known which model answers, or OpenRouter says what it charged", () => {
  const router = new ChatCost({}, 100, () => 1);
  assert.equal(router.spending.cost, 0);
  router.answeredBy({});
  assert.equal(router.spending.cost, 0);
  router.answeredBy({ prices });
  assert.equal(router.spending.cost, 0.1);
  router.add({ kind: "usage", usage: { ...told, cost: 1 } });
  assert.equal(router.spending.cost, 1);
});

/** How a request may end, and whether something may have been charged. */
const ends: [name: string, progress: ChatProgress, says: boolean, isOpen: boolean, isCharged: boolean][] = [
  ["canceled before it was sent", "unsent", false, true, false],
  ["canceled before there was a response", "sent", false, true, true],
  ["the network failed", "sent", false, false, false],
  ["refused", "refused", false, false, false],
  ["canceled in the pause after it was refused", "refused", false, true, false],
  ["canceled before the first token", "accepted", false, true, true],
  ["failed before the first token", "accepted", false, false, false],
  ["canceled in the middle of the answer", "accepted", true, true, true],
  ["failed in the middle of the answer", "accepted", true, false, true],
];
for (const [name, progress, says, isOpen, isCharged] of ends) {
  test(`what may have been charged is estimated: ${name}`, () => {
    const cost = costOf(progress);
    if (says) cost.add({ kind: "text", text: "Hello" });
    const end = cost.end(isOpen);
    assert.equal(end !== undefined, isCharged);
    if (end) assert.ok(end.isEstimate && end.cost >= 0.1);
  });
}

test("an answer that broke off within a call, or within reasoning that can't be read, isn't free", () => {
  for (const text of ['edit{"a', ""]) {
    const cost = costOf("accepted");
    cost.add({ kind: "piece", text });
    assert.ok((cost.end(false)?.cost ?? 0) >= 0.1);
  }
});

test("what OpenRouter charged counts, however it ended", () => {
  const cost = costOf("accepted");
  cost.add({ kind: "usage", usage: { ...told, cost: 0.25 } });
  assert.equal(cost.end(false)?.cost, 0.25);
});
