import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseModels, firstModel, usualChoice } from "../../../src/models/modelChoice";
import { anyModels, model, modelId } from "./anyModel";

const router = model("openrouter/auto");
const many = Array.from({ length: 50 }, (_, i) => model(`author/model-${i}`));
const ids = many.map(({ id }) => id);

test("our choice: the router, then the most popular that the key can use, twenty at most", () => {
  const popular = ["other/gone", ...ids.toReversed()];
  const choice = usualChoice({ models: [...many, router], popular });
  assert.deepEqual(choice, ["openrouter/auto", ...ids.toReversed().slice(0, 19)]);
});

test("our choice has no model without tools, and no router that the key can't use", () => {
  const mute = model("author/mute", { supportedParameters: [] });
  const choice = usualChoice({ models: [mute, ...many.slice(0, 2)], popular: [mute.id, ids[1] ?? ""] });
  assert.deepEqual(choice, [ids[1], ids[0]]);
});

test("where the popularity isn't known, OpenRouter's order is ours", () => {
  assert.deepEqual(usualChoice({ models: many, popular: [] }), ids.slice(0, 20));
});

test("all models stay offered, and only the chosen are shown", () => {
  const { models, shown, unknown } = chooseModels({ models: many, popular: [] }, [ids[30] ?? ""]);
  assert.deepEqual(models, many);
  assert.deepEqual([...shown], [ids[30]]);
  assert.deepEqual(unknown, []);
});

test("without a choice, ours is shown", () => {
  const list = { models: many, popular: [] };
  assert.deepEqual([...chooseModels(list, []).shown], usualChoice(list));
  assert.deepEqual(chooseModels(list, []).unknown, []);
});

test("a new chat begins with the first that the user chose and the key can use, or else with the router", () => {
  const list = { models: [...many, router], popular: ids };
  assert.equal(
    firstModel(list, ["author/gone", "author/model-30:nitro", "author/model-1"]),
    "author/model-30:nitro",
  );
  assert.equal(firstModel(list, []), "openrouter/auto");
  assert.equal(firstModel({ models: many, popular: ids.toReversed() }, []), "author/model-49");
  assert.equal(firstModel(list, ["author/gone"]), undefined);
});

test("what the list only implies is added once, and what OpenRouter doesn't have is named", () => {
  const list = { models: many, popular: [] };
  const chosen = ["author/model-1:nitro", "author/model-1:free", "author/gone", "@preset/coding", "[x](y)"];
  const { models, shown, unknown } = chooseModels(list, chosen);
  assert.deepEqual(
    models.slice(50).map(({ id }) => id),
    ["author/model-1:nitro", "@preset/coding"],
  );
  assert.deepEqual([...shown], ["author/model-1:nitro", "@preset/coding"]);
  assert.deepEqual(unknown, ["author/model-1:free", "author/gone", "[x](y)"]);
});

test("whatever is chosen: no id twice, and all that is shown is offered", () => {
  fc.assert(
    fc.property(anyModels, fc.uniqueArray(fc.oneof(modelId, fc.string())), (models, chosen) => {
      const list = { models, popular: models.map(({ id }) => id).toReversed() };
      const choice = chooseModels(list, [...chosen, ...models.slice(0, 2).map(({ id }) => `${id}:nitro`)]);
      const offered = new Set(choice.models.map(({ id }) => id));
      assert.equal(offered.size, choice.models.length);
      for (const id of choice.shown) assert.ok(offered.has(id));
      for (const id of choice.unknown) assert.ok(!offered.has(id));
    }),
  );
});
