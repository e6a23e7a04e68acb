import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import * as z from "zod/mini";
import type { Json } from "./answer";
import { chatProblems } from "./chatProblems";
import { createModel, manyModels } from "./fakeModel";
import { type FakeOpenRouter, startFakeOpenRouter } from "./fakeOpenRouter";
import type { IssuedKey } from "./keys";
import { mostPopular } from "./models";
import { unreadableModels, withUnknownFields } from "./strangeModels";

let fakeOpenRouter: FakeOpenRouter;
let key: IssuedKey;

beforeEach(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
  key = fakeOpenRouter.addKey();
});
afterEach(() => fakeOpenRouter.close());

const claude = "anthropic/claude-sonnet-4.5";
const gemini = "google/gemini-3-pro-preview";
const gpt = "openai/gpt-5.1";
const deepseek = "deepseek/deepseek-v3.2";
const hello = { role: "user", content: "Hello" };
const picture = {
  role: "user",
  content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }],
};
const tool = (parameters?: object, name = "read_file") => ({
  type: "function",
  function: { name, parameters },
});
const call = (id: string, input = "{}") => ({
  role: "assistant",
  content: null,
  tool_calls: [{ id, type: "function", function: { name: "read_file", arguments: input } }],
});
const result = (tool_call_id: string) => ({ role: "tool", tool_call_id, content: "42" });

const ask = (request: object, authorization = `Bearer ${key.key}`) =>
  fetch(`${fakeOpenRouter.url}/api/v1/chat/completions`, {
    method: "POST",
    headers: { authorization },
    body: JSON.stringify({ model: claude, messages: [hello], ...request }),
  });
const get = (path: string) =>
  fetch(`${fakeOpenRouter.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key.key}` } });

const errorBody = z.object({ error: z.object({ code: z.number(), message: z.string() }) });
/** "ok", or the status and the error's message. */
async function outcome(answered: Promise<Response>): Promise<string> {
  const response = await answered;
  const body: unknown = await response.json();
  if (response.ok) return "ok";
  const { error } = errorBody.parse(body);
  assert.equal(error.code, response.status);
  return `${response.status} ${error.message}`;
}

describe("requests that OpenRouter refuses", () => {
  const long = "word ".repeat(40_000);
  const cases: [name: string, request: object, expected: RegExp][] = [
    ["a good one", {}, /^ok$/],
    ["an unknown model", { model: "acme/fake" }, /^400 acme\/fake is not a valid model ID/],
    ["a free variant that ended", { model: "openai/gpt-5.1:free" }, /^404 The free period/],
    ["a variant", { model: `${gpt}:nitro` }, /^ok$/],
    ["a preset", { model: "@preset/coding" }, /^ok$/],
    ["a preset of a model", { model: `${gpt}@preset/coding` }, /^ok$/],
    ["an unknown preset", { model: "@preset/none" }, /^404 /],
    ["the router", { model: "openrouter/auto", tools: [tool({ type: "object" })] }, /^ok$/],
    ["no messages", { messages: [] }, /^400 /],
    ["empty text", { messages: [{ role: "user", content: "" }] }, /^400 messages\.0/],
    ["an empty part", { messages: [{ role: "user", content: [{ type: "text", text: "" }] }] }, /^400 /],
    ["no parts", { messages: [{ role: "user", content: [] }] }, /^400 /],
    ["an assistant that says nothing", { messages: [hello, { role: "assistant", content: "" }] }, /^400 /],
    ["an unknown role", { messages: [{ role: "robot", content: "Hi" }] }, /^400 /],
    ["an image", { messages: [picture] }, /^ok$/],
    [
      "an image of another kind of URL",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "file:///a.png" } }] }] },
      /^400 /,
    ],
    ["an image for a model without eyes", { model: deepseek, messages: [picture] }, /^404 .*image input/],
    ["a model that only paints", { model: "black-forest-labs/flux.2-pro" }, /^404 /],
    ["a tool with an empty schema", { tools: [tool({})] }, /^400 tools\.0/],
    ["a tool with a schema of an object", { tools: [tool({ type: "object" })] }, /^ok$/],
    ["a tool with spaces in its name", { tools: [tool({ type: "object" }, "read file")] }, /^400 /],
    [
      "tools for a model without",
      { model: "mistralai/mistral-7b-instruct", tools: [tool({ type: "object" })] },
      /^404 No endpoints found that support tool use/,
    ],
    ["a tool call and its result", { messages: [hello, call("a"), result("a")] }, /^ok$/],
    ["a result of no call", { messages: [hello, result("a")] }, /^400 messages\.1/],
    ["a result of another call", { messages: [hello, call("a"), result("b")] }, /^400 messages\.2/],
    ["a call without a result", { messages: [hello, call("a"), hello] }, /^400 messages\.2.*Missing: a/],
    ["a call without a result at the end", { messages: [hello, call("a")] }, /^400 /],
    ["two results of one call", { messages: [hello, call("a"), result("a"), result("a")] }, /^400 /],
    ["arguments that aren't JSON", { messages: [hello, call("a", "{path"), result("a")] }, /^400 /],
    ["arguments that aren't an object", { messages: [hello, call("a", "[]"), result("a")] }, /^400 /],
    [
      "two calls with one id",
      {
        messages: [
          hello,
          { ...call("a"), tool_calls: [...call("a").tool_calls, ...call("a").tool_calls] },
          result("a"),
        ],
      },
      /^400 .*unique/,
    ],
    ["a private parameter", { _conversationId: "1" }, /^400 Unrecognized parameter: _conversationId/],
    ["an unknown parameter", { transforms: [] }, /^ok$/],
    ["a session", { session_id: "s".repeat(256) }, /^ok$/],
    ["a session that is too long", { session_id: "s".repeat(257) }, /^400 session_id/],
    ["a wrong provider object", { provider: { zdr: true, fast: true } }, /^400 provider/],
    ["too many tokens of an answer", { max_completion_tokens: 64_001 }, /^400 max_tokens: 64001 > 64000/],
    ["as many as are served", { max_completion_tokens: 64_000 }, /^ok$/],
    ["no reasoning of a model that must", { model: deepseek, reasoning: { effort: "none" } }, /^400 /],
    ["an effort that it doesn't have", { model: gemini, reasoning: { effort: "medium" } }, /^400 /],
    ["an effort that it has", { model: gemini, reasoning: { effort: "low" } }, /^ok$/],
    [
      "a prompt that is too long",
      { model: "mistralai/mistral-7b-instruct", messages: [{ role: "user", content: long }] },
      /^400 This endpoint's maximum context length is 32768 tokens\. However, you requested about 40\d{3} tokens/,
    ],
    ["a window without end", { model: "nousresearch/hermes-4-70b" }, /^ok$/],
  ];
  for (const [name, request, expected] of cases) {
    test(name, async () => assert.match(await outcome(ask(request)), expected));
  }

  test("the window is the one that the top provider serves", async () => {
    const model = createModel({
      id: "acme/small",
      context_length: 1_000_000,
      top_provider: { context_length: 1000, max_completion_tokens: null, is_moderated: false },
    });
    fakeOpenRouter.models.push(model);
    assert.match(await outcome(ask({ model: "acme/small", max_completion_tokens: 999 })), /length is 1000 /);
  });

  test("a key that it doesn't know", async () => {
    assert.equal(await outcome(ask({}, "Bearer sk-or-v1-none")), "401 User not found.");
    assert.equal(await outcome(ask({}, "")), "401 Missing Authentication header");
    assert.deepEqual(fakeOpenRouter.chats, []);
  });
});

describe("reasoning that has to come back", () => {
  const details = [
    { type: "reasoning.summary", summary: "I read the file first.", format: "google-gemini-v1", index: 0 },
    { type: "reasoning.encrypted", data: "c2VjcmV0", id: "call_1", format: "google-gemini-v1", index: 0 },
  ];
  const [first = {}, second = {}] = details;

  for (const [name, returned, accepts] of [
    ["as it was", details, true],
    ["with its fields in another order", [Object.fromEntries(Object.entries(first).reverse()), second], true],
    ["not at all", undefined, false],
    ["without its first part", [second], false],
    ["in another order", [second, first], false],
    ["with a space more", [first, { ...second, data: "c2VjcmV0 " }], false],
    ["without an index", [first, { ...second, index: undefined }], false],
    [
      "in pieces",
      [{ ...first, summary: "I read " }, { ...first, summary: "the file first." }, second],
      false,
    ],
  ] as const) {
    test(name, async () => {
      for (const [model, needsIt] of [
        [gemini, true],
        [deepseek, true],
        [claude, true],
        [gpt, false],
      ] as const) {
        fakeOpenRouter.answer(
          { parts: [{ reasoningDetails: details }, { toolCalls: [{ id: "a", name: "read_file" }] }] },
          { parts: ["Done."] },
        );
        await ask({ model }).then((response) => response.text());
        const history = [hello, { ...call("a"), reasoning_details: returned }, result("a")];
        const answered = await outcome(ask({ model, messages: history }));
        assert.match(answered, accepts || !needsIt ? /^ok$/ : /^400 Provider returned error/);
        // Of earlier questions it isn't wanted.
        assert.equal(await outcome(ask({ model, messages: [...history, hello] })), "ok");
      }
    });
  }
});

describe("what is paid", () => {
  const answerSchema = z.object({
    model: z.string(),
    usage: z.object({ prompt_tokens: z.number(), cost: z.number() }),
  });
  const answerTo = async (request: object) => answerSchema.parse(await (await ask(request)).json());

  test("is what the model that a router chose costs", async () => {
    const { model, usage } = await answerTo({ model: "openrouter/auto" });
    assert.equal(model, claude);
    assert.ok(usage.cost > 0);
    fakeOpenRouter.models.reverse();
    assert.equal((await answerTo({ model: "openrouter/auto" })).model, "anthropic/claude-3.7-sonnet");
  });

  test("includes images, tools and what was said before", async () => {
    const least = (await answerTo({})).usage.prompt_tokens;
    for (const more of [
      { messages: [hello, picture] },
      { tools: [tool({ type: "object" })] },
      { messages: [hello, call("a", '{"path":"a.txt"}'), result("a")] },
    ]) {
      assert.ok((await answerTo(more)).usage.prompt_tokens > least + 10);
    }
  });

  test("comes off the key and the account", async () => {
    fakeOpenRouter.credits = 5;
    fakeOpenRouter.answer({ parts: ["Hi"], cost: 0.25 });
    assert.equal(await outcome(ask({})), "ok");
    assert.equal(fakeOpenRouter.credits, 4.75);
    const { data } = z
      .object({ data: z.object({ usage: z.number() }) })
      .parse(await (await get("/key")).json());
    assert.equal(data.usage, 0.25);
  });

  test("is refused when the key or the account has nothing left", async () => {
    Object.assign(key, { limit: 10, usage: 10 });
    assert.match(await outcome(ask({})), /^403 Key limit exceeded \(total limit\)/);
    Object.assign(key, { limitReset: "monthly", usageMonthly: 10 });
    assert.match(await outcome(ask({})), /^403 Key limit exceeded \(monthly limit\)/);
    assert.equal(await outcome(ask({ model: "qwen/qwen3-coder:free" })), "ok", "what is free needs nothing");
    Object.assign(key, { limit: null });
    fakeOpenRouter.credits = 0;
    assert.match(await outcome(ask({})), /^402 Insufficient credits/);
    assert.equal(await outcome(ask({ model: "qwen/qwen3-coder:free" })), "ok");
    fakeOpenRouter.credits = -1;
    assert.match(await outcome(ask({ model: "qwen/qwen3-coder:free" })), /^402 /);
  });

  test("is refused when the answer might cost more than is left", async () => {
    fakeOpenRouter.credits = 0.015;
    const afford =
      /^402 This request requires more credits, or fewer max_tokens\. You requested up to 64000 tokens, but can only afford 99\d\. .*settings\/credits/;
    assert.match(await outcome(ask({})), afford);
    assert.match(await outcome(ask({ max_completion_tokens: 1000 })), /up to 1000 tokens/);
    assert.equal(await outcome(ask({ max_completion_tokens: 500 })), "ok");
    Object.assign(key, { limit: 0.01 });
    assert.match(await outcome(ask({})), /settings\/keys and create a key with a higher total limit/);
    const content = "word ".repeat(10_000);
    assert.match(
      await outcome(ask({ messages: [{ role: "user", content }] })),
      /^402 Prompt tokens limit exceeded: 1\d{4} > /,
    );
  });
});

test("each named problem is sent as it stands", async () => {
  for (const [name, problem] of Object.entries(chatProblems)) {
    fakeOpenRouter.misbehave({ chat: { answer: problem } });
    const response = await ask({});
    assert.equal(response.status, problem.status, name);
    assert.equal(errorBody.parse(await response.json()).error.code, problem.status, name);
    for (const [header, value] of Object.entries(problem.headers ?? {})) {
      assert.equal(response.headers.get(header), value, name);
    }
  }
});

describe("the list of models", () => {
  const listSchema = z.object({
    data: z.array(z.unknown()),
    total_count: z.number(),
    links: z.object({ next: z.nullable(z.string()) }),
  });
  const list = async (path: string) => listSchema.parse(await (await get(path)).json());
  const idsOf = async (path: string) =>
    (await list(path)).data.map((model) => z.object({ id: z.string() }).parse(model).id);

  test("comes in pages, if one is asked for", async () => {
    fakeOpenRouter.models = manyModels(500);
    assert.equal((await list("/models")).data.length, 500);
    const ids: string[] = [];
    let next: string | null = "/models/user?limit=200";
    while (next !== null) {
      ids.push(...(await idsOf(next)));
      next = (await list(next)).links.next?.replace("/api/v1", "") ?? null;
    }
    assert.deepEqual(
      ids,
      fakeOpenRouter.models.map(({ id }) => id),
    );
    assert.equal(new Set(ids).size, 500);
    assert.equal((await get("/models?limit=1001")).status, 400);
    assert.equal((await get("/models?sort=best")).status, 400);
  });

  test("is filtered and sorted", async () => {
    const popular = await idsOf("/models?sort=most-popular&supported_parameters=tools,tool_choice");
    assert.deepEqual(popular.slice(0, 3), mostPopular.slice(0, 3));
    assert.ok(!popular.includes("mistralai/mistral-7b-instruct"));
    assert.ok((await idsOf("/models?output_modalities=image")).includes("black-forest-labs/flux.2-pro"));
    assert.ok(!(await idsOf("/models/user?output_modalities=text")).includes("black-forest-labs/flux.2-pro"));
  });

  test("needs a key, if it is the user's", async () => {
    const own = await fetch(`${fakeOpenRouter.url}/api/v1/models/user`);
    assert.deepEqual([own.status, (await fetch(`${fakeOpenRouter.url}/api/v1/models`)).status], [401, 200]);
  });

  test("can hold what nobody understands", async () => {
    const data: Json[] = [...fakeOpenRouter.models.map(withUnknownFields), ...unreadableModels()];
    fakeOpenRouter.misbehave({ models: { answer: { fields: { data } } } });
    const listed = (await list("/models/user")).data;
    assert.deepEqual(listed, data);
  });
});
