import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type KeptList, modelFileName, modelFileText, parseModelFile } from "../../../src/models/modelFile";
import { session } from "../../fakes/windows";
import { anyModels, model } from "./anyModel";

const { baseUrl } = session("a");
const list: KeptList = { baseUrl, createdAt: 1, fetchedAt: 2, models: [model("a/b")], popular: ["a/b"] };

test("any list comes back as it was", () => {
  fc.assert(
    fc.property(anyModels, (models) => {
      const kept = parseModelFile(modelFileText({ ...list, models }), { baseUrl });
      assert.deepEqual(kept, { version: 1, ...list, models });
    }),
  );
});

test("a file of another OpenRouter, or of another version, counts as absent", () => {
  assert.ok(parseModelFile(modelFileText(list), { baseUrl }));
  assert.equal(parseModelFile(modelFileText(list), { baseUrl: "https://gateway.example" }), undefined);
  const later = modelFileText(list).replace('"version":1', '"version":2');
  assert.equal(parseModelFile(later, { baseUrl }), undefined);
});

test("a damaged file counts as absent, wherever it was cut", () => {
  const text = modelFileText(list);
  for (let end = 0; end < text.length; end++)
    assert.equal(parseModelFile(text.slice(0, end), { baseUrl }), undefined);
});

const full = model("a/b", {
  maxCompletionTokens: 5,
  prices: { prompt: 1, completion: 2, cacheRead: 3, cacheWrite: 4 },
  reasoning: { mandatory: true, efforts: ["low"], defaultEffort: "low" },
  expirationDate: "2027-02-19",
});

test("a file with a wrong field anywhere counts as absent", () => {
  const wrong = fc.oneof(fc.constant({}), fc.constant([{}]), fc.constant(null), fc.constant(true));
  const path = fc.constantFrom(
    ...["baseUrl", "createdAt", "fetchedAt", "models", "popular", "version"].map((name) => [name]),
    ...Object.keys(full).map((name) => ["models", 0, name]),
    ...["prompt", "completion", "cacheRead", "cacheWrite"].map((name) => ["models", 0, "prices", name]),
    ...["efforts", "defaultEffort"].map((name) => ["models", 0, "reasoning", name]),
  );
  fc.assert(
    fc.property(path, wrong, (fields, value) => {
      const file = JSON.parse(modelFileText({ ...list, models: [full] }));
      const parent = fields.slice(0, -1).reduce((object, name) => object[name], file);
      parent[fields.at(-1) ?? ""] = value;
      assert.equal(parseModelFile(JSON.stringify(file), { baseUrl }), undefined);
    }),
  );
});

test("anything else counts as absent", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) =>
      assert.equal(parseModelFile(text, { baseUrl }), undefined),
    ),
  );
});

test("the name of a file stays within its folder", () => {
  assert.equal(modelFileName("4f1c-a"), "4f1c-a.json");
  assert.equal(modelFileName("../a"), "..%2Fa.json");
});
