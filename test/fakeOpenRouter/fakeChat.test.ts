import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { OpenRouter } from "@openrouter/sdk";
import * as errors from "@openrouter/sdk/models/errors";
import { jsonSchema, streamText, tool } from "ai";
import OpenAI from "openai";
import { type FakeOpenRouter, startFakeOpenRouter } from "./fakeOpenRouter";
import type { IssuedKey } from "./keys";
import { streamErrors } from "./streamErrors";
import { failsWith } from "./streamFaults";

let fakeOpenRouter: FakeOpenRouter;
let key: IssuedKey;

beforeEach(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
  key = fakeOpenRouter.addKey({ limit: 10 });
});
afterEach(() => fakeOpenRouter.close());

const baseURL = () => `${fakeOpenRouter.url}/api/v1`;
const model = "anthropic/claude-sonnet-4.5";
const question = "Wie heißt die Hauptstadt von Japan? 東京 🗼";
const messages = [{ role: "user" as const, content: question }];
const readFile = {
  type: "function" as const,
  function: {
    name: "read_file",
    description: "Reads a file",
    parameters: { type: "object", properties: { path: { type: "string" } } },
  },
};
const twoCalls = {
  parts: [
    { text: ["I'll read ", "both."] },
    {
      toolCalls: [
        { name: "read_file", arguments: { path: "a.txt" } },
        { name: "read_file", arguments: { path: "b.txt" } },
      ],
    },
  ],
};

/** What two thoughts of Claude come to, once a client has put them together. */
const thoughts = [
  {
    type: "reasoning.text",
    text: "First I read the file.",
    signature: "c2lnbmF0dXJl",
    format: "anthropic-claude-v1",
    index: 0,
  },
  { type: "reasoning.encrypted", data: "ZW5jcnlwdGVk", format: "anthropic-claude-v1", index: 1 },
];

describe("the official SDK", () => {
  const sdk = () =>
    new OpenRouter({ serverURL: baseURL(), apiKey: key.key, retryConfig: { strategy: "none" } });
  const stream = async (request: object = {}) => {
    const answer = await sdk().chat.send({ chatRequest: { model, messages, ...request, stream: true } });
    assert.ok(Symbol.asyncIterator in answer);
    return answer;
  };

  test("lists the models", async () => {
    const { result } = await sdk().models.list({});
    const listed = result.data.map(({ id }) => id);
    assert.ok(listed.includes("openrouter/auto"));
    assert.ok(!listed.includes("black-forest-labs/flux.2-pro"), "lists only those that write text");
    const { data } = (await sdk().models.listForUser({ bearer: key.key })).result;
    assert.equal(data.length, fakeOpenRouter.models.length);
    assert.equal(data.find(({ id }) => id === "nousresearch/hermes-4-70b")?.contextLength, null);
  });

  test("streams text, with its usage and cost", async () => {
    let text = "";
    let usage: { promptTokens: number; completionTokens: number; cost?: number | null } | undefined;
    for await (const chunk of await stream()) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage ??= chunk.usage;
    }
    assert.equal(text, question);
    assert.ok(usage?.cost);
    assert.ok(usage.promptTokens > usage.completionTokens && usage.completionTokens > 5);
    assert.equal(usage.cost, usage.promptTokens * 0.000003 + usage.completionTokens * 0.000015);
    assert.equal(key.usage, usage.cost);
  });

  test("streams tool calls at the same time", async () => {
    fakeOpenRouter.answer(twoCalls);
    const calls: { name?: string; arguments: string }[] = [];
    let finishReason: string | null | undefined;
    for await (const { choices } of await stream({ tools: [readFile] })) {
      finishReason = choices[0]?.finishReason ?? finishReason;
      for (const call of choices[0]?.delta.toolCalls ?? []) {
        calls[call.index] ??= { name: call.function?.name, arguments: "" };
        const known = calls[call.index];
        if (known) known.arguments += call.function?.arguments ?? "";
      }
    }
    assert.deepEqual(calls, [
      { name: "read_file", arguments: '{"path":"a.txt"}' },
      { name: "read_file", arguments: '{"path":"b.txt"}' },
    ]);
    assert.equal(finishReason, "tool_calls");
  });

  test("streams reasoning", async () => {
    fakeOpenRouter.answer({ parts: [{ reasoningDetails: thoughts }, "Done."] });
    let reasoning = "";
    const types: string[] = [];
    for await (const { choices, usage } of await stream()) {
      const thought = usage?.completionTokensDetails?.reasoningTokens ?? 0;
      if (usage) assert.ok(thought > 3 && usage.completionTokens > thought, "thoughts are paid");
      reasoning += choices[0]?.delta.reasoning ?? "";
      types.push(...(choices[0]?.delta.reasoningDetails ?? []).map(({ type }) => type));
    }
    assert.equal(reasoning, "First I read the file.");
    assert.deepEqual(
      [...types].sort(),
      ["encrypted", "text", "text", "text", "text"].map((type) => `reasoning.${type}`),
    );
  });

  test("reads an error in mid-stream", async () => {
    fakeOpenRouter.misbehave({ chat: { stream: failsWith(streamErrors.provider_overloaded) } });
    const found: unknown[] = [];
    for await (const chunk of await stream()) if (chunk.error) found.push(chunk.error);
    assert.deepEqual(found, [
      {
        code: 503,
        message: "The provider is temporarily overloaded",
        metadata: { errorType: "provider_overloaded", providerCode: "overloaded_error" },
      },
    ]);
    assert.equal(key.usage, 0, "what fails isn't paid");
  });

  test("reads the errors as its own types, and an answer in one piece", async () => {
    const result = await sdk().chat.send({ chatRequest: { model, messages } });
    assert.equal("choices" in result && result.choices[0]?.message.content, question);
    key.usage = 10;
    await assert.rejects(stream(), errors.ForbiddenResponseError);
    key.usage = 0;
    fakeOpenRouter.credits = 0;
    await assert.rejects(stream(), errors.PaymentRequiredResponseError);
    await assert.rejects(stream({ model: "acme/fake" }), errors.BadRequestResponseError);
  });
});

describe("OpenAI's SDK", () => {
  const openai = () => new OpenAI({ baseURL: baseURL(), apiKey: key.key, maxRetries: 0 });

  test("lists the models", async () => {
    const ids: string[] = [];
    for await (const { id } of openai().models.list()) ids.push(id);
    assert.ok(ids.includes(model));
  });

  test("streams text and tool calls", async () => {
    fakeOpenRouter.answer(twoCalls);
    const runner = openai().chat.completions.stream({ model, messages, tools: [readFile] });
    const { choices, usage } = await runner.finalChatCompletion();
    const [choice] = choices;
    assert.equal(choice?.finish_reason, "tool_calls");
    assert.equal(choice?.message.content, "I'll read both.");
    const calls = choice?.message.tool_calls ?? [];
    assert.deepEqual(
      calls.map((call) => "function" in call && call.function.arguments),
      ['{"path":"a.txt"}', '{"path":"b.txt"}'],
    );
    assert.equal(new Set(calls.map(({ id }) => id)).size, 2);
    assert.ok(usage && usage.total_tokens === usage.prompt_tokens + usage.completion_tokens);
  });

  test("rejects at an error in mid-stream, and at a refusal", async () => {
    fakeOpenRouter.misbehave({ chat: { stream: failsWith(streamErrors.rate_limit_exceeded) } });
    const stream = await openai().chat.completions.create({ model, messages, stream: true });
    await assert.rejects(
      async () => {
        for await (const _ of stream);
      },
      { message: /Rate limit exceeded/ },
    );
    const unknown = { model: "acme/fake", messages };
    await assert.rejects(openai().chat.completions.create(unknown), OpenAI.BadRequestError);
  });
});

describe("OpenRouter's provider for the AI SDK", () => {
  const chat = (id: string) => createOpenRouter({ baseURL: baseURL(), apiKey: key.key })(id);
  const tools = {
    read_file: tool({
      description: "Reads a file",
      inputSchema: jsonSchema<{ path: string }>(readFile.function.parameters as object),
    }),
  };
  const ask = (id: string, prompt: object = { prompt: question }) =>
    streamText({
      model: chat(id),
      tools,
      maxRetries: 0,
      onError: () => {},
      ...(prompt as { prompt: string }),
    });

  test("streams text, with its usage and cost", async () => {
    const answer = ask(model);
    assert.equal(await answer.text, question);
    assert.equal(await answer.finishReason, "stop");
    const metadata = (await answer.providerMetadata)?.openrouter as { usage: { cost: number } };
    assert.equal(metadata.usage.cost, key.usage);
    assert.ok(key.usage > 0);
  });

  test("sends a tool's result back, with the reasoning", async () => {
    for (const id of ["google/gemini-3-pro-preview", "deepseek/deepseek-v3.2", model]) {
      fakeOpenRouter.answer(
        {
          parts: [
            { reasoningDetails: thoughts },
            { toolCalls: [{ name: "read_file", arguments: { path: "a.txt" } }] },
          ],
        },
        { parts: ["Done."] },
      );
      const first = ask(id);
      const [call] = await first.toolCalls;
      assert.deepEqual(call?.input, { path: "a.txt" });
      assert.match(await first.reasoningText.then(String), /^First I read the file\./);
      const result = {
        type: "tool-result",
        toolCallId: call?.toolCallId,
        toolName: "read_file",
        output: { type: "text", value: "42" },
      };
      const history = [
        { role: "user", content: question },
        ...(await first.response).messages,
        { role: "tool", content: [result] },
      ];
      const second = ask(id, { messages: history });
      assert.equal(await second.text, "Done.");
    }
  });

  test("reports an error in mid-stream", async () => {
    fakeOpenRouter.misbehave({ chat: { stream: failsWith(streamErrors.server) } });
    const parts: string[] = [];
    for await (const { type } of ask(model).fullStream) parts.push(type);
    assert.ok(parts.includes("error"));
  });
});
