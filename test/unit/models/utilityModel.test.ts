import assert from "node:assert/strict";
import { test } from "node:test";
import { utilityModel } from "../../../src/models/utilityModel";
import type { OpenRouterModel } from "../../../src/openrouter/model";
import { model as modelWith } from "./anyModel";

const model = (id: string, prompt: number, more: Partial<OpenRouterModel> = {}) =>
  modelWith(id, { contextLength: 128_000, prices: { prompt, completion: prompt * 4 }, ...more });
const good = model("a/good", 2e-7);
const router = model("openrouter/auto", 1e-9);
delete (router as { prices?: unknown }).prices;

test("the cheapest model is chosen by what such a request costs, wherever it stands in the list", () => {
  const cheapPrompt = model("b/cheap-prompt", 1e-7, { prices: { prompt: 1e-7, completion: 1e-4 } });
  const cheaper = model("c/cheaper", 1e-7);
  for (const models of [
    [good, cheapPrompt, cheaper],
    [cheaper, good, cheapPrompt],
  ])
    assert.equal(utilityModel(models), cheaper);
});

const unsuitable: Record<string, OpenRouterModel> = {
  "free, with its daily limit": model("b/free:free", 0),
  "free without saying so": model("b/free", 0),
  "of an unknown price": router,
  "with a small window": model("b/small", 1e-9, { contextLength: 32_768 }),
  "without tools": model("b/old", 1e-9, { supportedParameters: ["temperature"] }),
  "that must reason": model("b/thinker", 1e-9, { reasoning: { mandatory: true } }),
  "that is about to be retired": model("b/retired", 1e-9, { expirationDate: "2027-01-01" }),
  "that is a variant": model("b/fast:nitro", 1e-9),
};
for (const [what, other] of Object.entries(unsuitable)) {
  test(`no model is chosen ${what}`, () => {
    assert.equal(utilityModel([other, good, other]), good);
    assert.equal(utilityModel([other]), undefined);
  });
}

test("a model that can reason, but needn't, is suitable", () => {
  const able = model("b/able", 1e-7, { reasoning: { mandatory: false } });
  assert.equal(utilityModel([good, able]), able);
});
