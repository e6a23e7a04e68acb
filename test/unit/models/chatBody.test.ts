import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ChatOptions, type ChatSettings, chatBody } from "../../../src/models/chatBody";
import type { ChatMessage } from "../../../src/openrouter/chat";
import type { OpenRouterModel } from "../../../src/openrouter/model";

const messages: ChatMessage[] = [{ role: "user", content: "Hi" }];
const model: OpenRouterModel = {
  id: "a/b",
  name: "B",
  contextLength: 100_000,
  inputModalities: ["text"],
  supportedParameters: [],
};
const thinks = { mandatory: false };
const thinking = { max_tokens: 5, exclude: true, enabled: true, summary: "auto" };

/** What a request has beside its model, messages, and `stream`. */
function body(
  options: Partial<ChatOptions>,
  settings?: ChatSettings,
  changes: Partial<OpenRouterModel> = {},
) {
  const asked = { ...model, ...changes };
  const {
    model: id,
    messages: sent,
    stream,
    ...rest
  } = chatBody(asked, messages, { toolMode: 1, ...options }, settings);
  assert.deepEqual({ id, sent, stream }, { id: asked.id, sent: messages, stream: true });
  return rest;
}

test("nothing goes out that wasn't asked for", () => {
  assert.deepEqual(body({}), {});
  assert.deepEqual(body({ tools: [], toolMode: 2, modelOptions: {} }, { providerRouting: {} }), {});
});

const schema = {
  type: "object",
  properties: { path: { type: "string" } },
  required: ["path"],
  $defs: { x: {} },
};
for (const [name, inputSchema, parameters] of [
  ["as it is", schema, schema],
  ["without a type as it is", { properties: {} }, { properties: {} }],
  ["missing", undefined, { type: "object", properties: {} }],
  ["null", null as unknown as undefined, { type: "object", properties: {} }],
  ["empty", {}, { type: "object", properties: {} }],
  ["an object of nothing", { type: "object" }, { type: "object", properties: {} }],
  ["an array", [], { type: "object", properties: {} }],
] as [string, object | undefined, object][])
  test(`a tool's schema, ${name}`, () => {
    assert.deepEqual(body({ tools: [{ name: "read", description: "Reads", inputSchema }] }), {
      tools: [{ type: "function", function: { name: "read", description: "Reads", parameters } }],
    });
  });

test("a tool must be called where the caller requires it", () => {
  const { tool_choice: choice, tools } = body({ tools: [{ name: "read", description: "" }], toolMode: 2 });
  assert.equal(choice, "required");
  const parameters = { type: "object", properties: {} };
  assert.deepEqual(tools, [{ type: "function", function: { name: "read", parameters } }]);
});

const allowed = {
  temperature: 0,
  top_p: 0.5,
  top_k: 40,
  top_a: 0.1,
  min_p: 0.1,
  frequency_penalty: -1,
  presence_penalty: 1,
  repetition_penalty: 1.1,
  logit_bias: { 50256: -100 },
  seed: 7,
  stop: ["a", "b"],
  parallel_tool_calls: false,
  prediction: { type: "content", content: "x" },
  response_format: { type: "json_object" },
  verbosity: "low",
  prompt_cache_key: "key",
};
const notAllowed = {
  model: "x/expensive",
  models: ["x/expensive"],
  route: "fallback",
  messages: [],
  stream: false,
  stream_options: {},
  provider: { zdr: false },
  plugins: [{ id: "web" }],
  tools: [{ type: "openrouter:web_search" }],
  tool_choice: { type: "openrouter:web_search" },
  stop_server_tools_when: [],
  web_search_options: {},
  service_tier: "priority",
  modalities: ["image"],
  image_config: {},
  cache_control: { type: "ephemeral", ttl: "1h" },
  prompt_cache_options: {},
  metadata: {},
  trace: {},
  user: "u",
  debug: { echo_upstream_body: true },
  logprobs: true,
  top_logprobs: 20,
  transforms: ["middle-out"],
  unknown: 1,
  constructor: 1,
  _enableThinking: true,
  _telemetryTurn: 1,
  _capturingTokenCorrelationId: "c",
  _otelTraceContext: null,
};

test("of an extension's options, only those of how the model writes go out", () => {
  assert.deepEqual(body({ modelOptions: { ...allowed, ...notAllowed } }), allowed);
  assert.deepEqual(body({ modelOptions: { stop: "a" } }), { stop: "a" });
});

const values = [undefined, null, Number.NaN, "", [], [1], () => 1];
for (const name of Object.keys(allowed))
  test(`${name} of another type doesn't go out`, () => {
    for (const value of values) assert.deepEqual(body({ modelOptions: { [name]: value } }), {});
  });

test("property: no option changes who answers, who sees it, or what else it costs", () => {
  const names = [
    ...Object.keys(allowed),
    ...Object.keys(notAllowed),
    "reasoning",
    "max_tokens",
    "session_id",
  ];
  const options = fc.dictionary(fc.constantFrom(...names), fc.anything({ maxDepth: 1 }));
  const free = new Set([
    ...Object.keys(allowed),
    "reasoning",
    "max_completion_tokens",
    "session_id",
    "provider",
  ]);
  const routing = { zdr: true };
  fc.assert(
    fc.property(fc.oneof(options, fc.anything()), (modelOptions) => {
      const rest = body({ modelOptions } as ChatOptions, { providerRouting: routing });
      for (const name of Object.keys(rest)) assert.ok(free.has(name), name);
      assert.equal(rest.provider, routing);
    }),
  );
});

for (const [options, maxCompletionTokens, expected] of [
  [{}, 8_000, undefined],
  [{ max_tokens: 500 }, 8_000, 500],
  [{ max_completion_tokens: 600, max_tokens: 500 }, 8_000, 600],
  [{ max_tokens: 9_000 }, 8_000, 8_000],
  [{ max_tokens: 200_000 }, undefined, 100_000],
  [{ max_tokens: 0 }, 8_000, undefined],
  [{ max_tokens: 1.5 }, 8_000, undefined],
  [{ max_tokens: "500" }, 8_000, undefined],
] as [object, number | undefined, number | undefined][])
  test(`tokens of an answer: ${JSON.stringify([options, maxCompletionTokens])}`, () => {
    const changes = maxCompletionTokens === undefined ? {} : { maxCompletionTokens };
    const { max_completion_tokens: tokens, ...rest } = body({ modelOptions: options }, {}, changes);
    assert.equal(tokens, expected);
    assert.deepEqual(rest, {});
  });

for (const [modelOptions, reasoningEffort, reasoning, expected] of [
  [{}, "high", { ...thinks, efforts: ["high", "low"] }, { effort: "high" }],
  [{}, "max", { ...thinks, efforts: ["high", "low"] }, undefined],
  [{}, "max", thinks, { effort: "max" }],
  [{}, "none", thinks, { effort: "none" }],
  [{}, "none", { mandatory: true }, undefined],
  [{}, "a lot", thinks, undefined],
  [{}, 1, thinks, undefined],
  [{}, "high", undefined, undefined],
  [{ reasoning_effort: "low" }, "high", thinks, { effort: "low" }],
  [{ reasoning: { effort: "low", x: 1 }, reasoning_effort: "high" }, "max", thinks, { effort: "low" }],
  [{ reasoning: thinking }, "max", thinks, thinking],
  [{ reasoning: { max_tokens: "5", exclude: 1 } }, "max", thinks, { effort: "max" }],
  [{ reasoning: null, reasoning_effort: null }, undefined, thinks, undefined],
] as [object, unknown, OpenRouterModel["reasoning"], object | undefined][])
  test(`reasoning: ${JSON.stringify([modelOptions, reasoningEffort, reasoning])}`, () => {
    const rest = body(
      { modelOptions, modelConfiguration: { reasoningEffort } },
      {},
      reasoning ? { reasoning } : {},
    );
    assert.deepEqual(rest, expected ? { reasoning: expected } : {});
  });

for (const [modelOptions, expected] of [
  [{ _conversationId: "c1" }, "c1"],
  [{ _conversationId: "c1", session_id: "s1" }, "c1"],
  [{ session_id: "s1" }, "s1"],
  [{ _conversationId: "", session_id: 1 }, undefined],
  [{ _conversationId: `vscode-chat:${"x".repeat(256)}` }, "x".repeat(256)],
] as [object, string | undefined][])
  test(`session: ${JSON.stringify(modelOptions)}`, () => {
    assert.deepEqual(body({ modelOptions }), expected === undefined ? {} : { session_id: expected });
  });

for (const [id, cached] of [
  ["anthropic/claude-sonnet-5", true],
  ["anthropic/claude-sonnet-5:thinking", true],
  ["~anthropic/claude-sonnet-latest", true],
  ["openrouter/auto", false],
  ["@preset/anthropic/", false],
  ["not-anthropic/claude", false],
  ["openai/gpt-6", false],
] as const)
  test(`${id}: the prompt is ${cached ? "" : "not "}marked for the cache`, () => {
    assert.deepEqual(body({}, {}, { id }), cached ? { cache_control: { type: "ephemeral" } } : {});
  });

test("the user's routing goes with each request, as it is", () => {
  const providerRouting = { zdr: true, order: ["a"], max_price: { prompt: "1" } };
  assert.equal(
    body({ modelOptions: { provider: { zdr: false } } }, { providerRouting }).provider,
    providerRouting,
  );
  for (const wrong of [null, [], "zdr", {}]) assert.deepEqual(body({}, { providerRouting: wrong }), {});
});
