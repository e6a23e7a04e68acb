import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type EffortWords, type ModelWords, modelInformation } from "../../../src/models/modelInformation";
import { modelWindow } from "../../../src/models/modelWindow";
import type { OpenRouterModel } from "../../../src/openrouter/model";
import { anyModel, model } from "./anyModel";

const words: ModelWords = { detail: "detail", tooltip: "tooltip", price: "price" };
const effortWords: EffortWords = { title: "Effort", label: (effort) => effort.toUpperCase() };
const information = (of: OpenRouterModel, more: Partial<ModelWords> = {}, isShown = true) =>
  modelInformation(of, { name: "Name", isShown, words: { ...words, ...more }, effortWords });

test("a model has what VS Code needs, and the key's own id", () => {
  const known = model("anthropic/claude-sonnet-4.5", {
    contextLength: 200_000,
    maxCompletionTokens: 64_000,
    inputModalities: ["text", "image"],
  });
  assert.deepEqual(information(known), {
    id: "anthropic/claude-sonnet-4.5",
    name: "Name",
    family: "claude-sonnet-4.5",
    version: "anthropic/claude-sonnet-4.5",
    detail: "detail",
    tooltip: "tooltip",
    pricing: "price",
    maxInputTokens: 136_000,
    maxOutputTokens: 64_000,
    maxContextWindowTokens: 200_000,
    capabilities: { toolCalling: true, imageInput: true },
    isUserSelectable: true,
  });
});

test("capabilities are those of the model", () => {
  const { capabilities, isUserSelectable } = information(
    model("a/b", { supportedParameters: [] }),
    {},
    false,
  );
  assert.deepEqual(capabilities, { toolCalling: false, imageInput: false });
  assert.equal(isUserSelectable, false);
});

for (const [id, family] of [
  ["openai/gpt-5", "gpt-5"],
  ["openai/GPT-5", "gpt-5"],
  ["anthropic/claude-sonnet-4.5:thinking", "claude-sonnet-4.5"],
  ["~anthropic/claude-sonnet-latest", "claude-sonnet-latest"],
  ["anthropic/claude-sonnet-4.5@preset/coding", "claude-sonnet-4.5"],
  ["google/gemini-3:free@preset/coding", "gemini-3"],
  ["@preset/coding", "coding"],
  ["gpt-5", "gpt-5"],
] as const) {
  test(`the family of ${id} is ${family}`, () => assert.equal(information(model(id)).family, family));
}

test("the window: what is served goes out, half at most, and the rest in", () => {
  const window = (contextLength: number, maxCompletionTokens?: number) =>
    Object.values(modelWindow({ contextLength, ...(maxCompletionTokens && { maxCompletionTokens }) }));
  assert.deepEqual(window(200_000, 64_000), [136_000, 64_000, 200_000]);
  assert.deepEqual(window(200_000, 200_000), [100_000, 100_000, 200_000]);
  assert.deepEqual(window(1_000_000), [967_232, 32_768, 1_000_000]);
  assert.deepEqual(window(8191), [4096, 4095, 8191]);
  assert.deepEqual(window(2, 5), [1, 1, 2]);
});

test("a model that is about to be retired has a warning, as plain text in Markdown", () => {
  const { warningText, statusIcon } = information(model("a/b"), { warning: "[It](ends)" });
  assert.deepEqual(warningText, { model: "\\[It\\]\\(ends\\)" });
  assert.deepEqual(statusIcon, { id: "warning" });
});

interface EffortSchema {
  readonly enum: string[];
  readonly enumItemLabels: string[];
  readonly default: string;
}
const effort = (reasoning: OpenRouterModel["reasoning"]) => {
  const { configurationSchema } = information(model("a/b", reasoning && { reasoning }));
  const schema = configurationSchema as { properties: { reasoningEffort: EffortSchema } } | undefined;
  return schema?.properties.reasoningEffort;
};

test("the efforts are those of the model, the least first", () => {
  const efforts = ["high", "medium", "low", "none"];
  assert.deepEqual(effort({ mandatory: false, efforts, defaultEffort: "medium" }), {
    type: "string",
    title: "Effort",
    enum: ["none", "low", "medium", "high"],
    enumItemLabels: ["NONE", "LOW", "MEDIUM", "HIGH"],
    default: "medium",
    group: "navigation",
  });
});

test("a model without a list of efforts takes all, and one that must reason isn't offered none", () => {
  const all = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
  assert.deepEqual(effort({ mandatory: false, defaultEffort: "none" })?.enum, all);
  assert.deepEqual(effort({ mandatory: true, defaultEffort: "low" })?.enum, all.slice(1));
  assert.equal(effort({ mandatory: true, defaultEffort: "none" })?.default, "default");
});

test("where the default isn't known, it's one that asks for nothing", () => {
  const schema = effort({ mandatory: false, efforts: ["high", "low"] });
  assert.deepEqual(schema?.enum, ["default", "low", "high"]);
  assert.equal(schema?.default, "default");
});

test("there is no choice of efforts without reasoning, or of a single effort", () => {
  assert.equal(effort(undefined), undefined);
  assert.equal(effort({ mandatory: true, efforts: ["high"], defaultEffort: "high" }), undefined);
});

test("any model is one that VS Code takes", () => {
  fc.assert(
    fc.property(anyModel, fc.boolean(), (any, isShown) => {
      const info = information(any, {}, isShown);
      const { maxInputTokens: input, maxOutputTokens: output } = info;
      for (const count of [input, output]) assert.ok(Number.isSafeInteger(count) && count > 0);
      assert.ok(input + output <= any.contextLength);
      assert.ok(output <= (any.maxCompletionTokens ?? Number.POSITIVE_INFINITY));
      assert.ok(output <= any.contextLength / 2);
      assert.ok(info.family.length > 0 && !info.family.includes("/"));
      assert.equal(typeof info.capabilities, "object");
      const schema = effort(any.reasoning);
      if (schema) {
        assert.equal(new Set(schema.enum).size, schema.enum.length);
        assert.equal(schema.enum.length, schema.enumItemLabels.length);
        assert.ok(schema.enum.includes(schema.default) && schema.enum.length >= 2);
      }
      // It goes to another process.
      assert.deepEqual(JSON.parse(JSON.stringify(info)), info);
    }),
  );
});
