import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseChatUsage } from "../../../src/models/chatUsage";

const full = {
  prompt_tokens: 100,
  completion_tokens: 50,
  total_tokens: 150,
  cost: 0.25,
  is_byok: true,
  cost_details: { upstream_inference_cost: 0.125 },
  prompt_tokens_details: { cached_tokens: 80 },
  completion_tokens_details: { reasoning_tokens: 30 },
};

test("tokens and costs are read", () => {
  const tokens = { promptTokens: 100, completionTokens: 50, cachedTokens: 80, reasoningTokens: 30 };
  assert.deepEqual(parseChatUsage(full), { ...tokens, cost: 0.25, upstreamCost: 0.125 });
});

test("what OpenRouter paid is no cost of the user's", () => {
  for (const is_byok of [false, undefined, null]) {
    assert.equal(parseChatUsage({ ...full, is_byok })?.upstreamCost, undefined);
  }
});

test("details may be missing, null, or of another form", () => {
  for (const odd of [undefined, null, "", 7, [], {}]) {
    const details = { prompt_tokens_details: odd, completion_tokens_details: odd, cost_details: odd };
    assert.deepEqual(parseChatUsage({ ...full, ...details, cost: null }), {
      promptTokens: 100,
      completionTokens: 50,
      cachedTokens: 0,
      reasoningTokens: 0,
    });
  }
});

test("without tokens there is no usage", () => {
  for (const odd of [undefined, null, "100", -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(parseChatUsage({ ...full, prompt_tokens: odd }), undefined);
    assert.equal(parseChatUsage({ ...full, completion_tokens: odd }), undefined);
  }
});

test("no usage fails", () => {
  fc.assert(fc.property(fc.jsonValue(), (usage) => void parseChatUsage(usage)));
});
