import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import OpenAI from "openai";
import { chatProblems } from "./chatProblems";
import { type FakeOpenRouter, startFakeOpenRouter } from "./fakeOpenRouter";
import type { IssuedKey } from "./keys";
import { streamErrors } from "./streamErrors";
import { failsWith, streamFaults } from "./streamFaults";

let fakeOpenRouter: FakeOpenRouter;
let key: IssuedKey;

beforeEach(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
  key = fakeOpenRouter.addKey({ limit: 10 });
});
afterEach(() => fakeOpenRouter.close());

const model = "openai/gpt-5.1";
const question = "Wie heißt die Hauptstadt von Japan? 東京 🗼";
const request = { model, input: question, max_output_tokens: 1000 };
const parameters = { type: "object", properties: { path: { type: "string" } } };
const tools: OpenAI.Responses.Tool[] = [
  { type: "function", name: "read_file", parameters, strict: false },
  { type: "web_search" },
];
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

describe("OpenAI's SDK at /responses", () => {
  const openai = (apiKey = key.key) =>
    new OpenAI({ baseURL: `${fakeOpenRouter.url}/api/v1`, apiKey, maxRetries: 0 });

  test("reads an answer as a stream, and in one piece", async () => {
    const streamed = await openai().responses.stream(request).finalResponse();
    const whole = await openai().responses.create(request);
    for (const { output_text, status, usage } of [streamed, whole]) {
      assert.equal(output_text, question);
      assert.equal(status, "completed");
      assert.ok(usage && usage.total_tokens === usage.input_tokens + usage.output_tokens);
    }
    assert.ok(key.usage > 0);
    assert.deepEqual(
      fakeOpenRouter.chats.map(({ api, body }) => [api, body.model, body.max_tokens]),
      [
        ["responses", model, 1000],
        ["responses", model, 1000],
      ],
    );
  });

  test("reads tool calls, and sends the results back", async () => {
    fakeOpenRouter.answer(twoCalls, twoCalls, { parts: ["Done."] });
    const answers = [
      await openai()
        .responses.stream({ ...request, tools })
        .finalResponse(),
      await openai().responses.create({ ...request, tools }),
    ];
    for (const { output, output_text } of answers) {
      assert.equal(output_text, "I'll read both.");
      const calls = output.flatMap((item) => (item.type === "function_call" ? [item] : []));
      assert.deepEqual(
        calls.map((call) => call.arguments),
        ['{"path":"a.txt"}', '{"path":"b.txt"}'],
      );
      assert.equal(new Set(calls.map(({ call_id }) => call_id)).size, 2);
    }
    const [{ output }] = answers as [OpenAI.Responses.Response];
    const results = output.flatMap((item) =>
      item.type === "function_call"
        ? [{ type: "function_call_output" as const, call_id: item.call_id, output: "42" }]
        : [],
    );
    const { output_text } = await openai().responses.create({
      ...request,
      tools,
      instructions: "Be brief.",
      input: [
        { role: "user", content: [{ type: "input_text", text: question }] },
        ...(output as OpenAI.Responses.ResponseInputItem[]),
        ...results,
      ],
    });
    assert.equal(output_text, "Done.");
    const sent = fakeOpenRouter.chats.at(-1)?.body.messages.map(({ role }) => role);
    assert.deepEqual(sent, ["system", "user", "assistant", "assistant", "tool", "tool"]);
  });

  test("names every event, and numbers them", async () => {
    fakeOpenRouter.answer(twoCalls);
    const stream = await openai().responses.create({ ...request, tools, stream: true });
    const types: string[] = [];
    for await (const { type, sequence_number } of stream) {
      assert.equal(sequence_number, types.length);
      types.push(type);
    }
    assert.equal(types[0], "response.created");
    assert.equal(types.at(-1), "response.completed");
    const count = (type: string) => types.filter((other) => other === type).length;
    assert.equal(count("response.output_item.added"), 3);
    assert.equal(count("response.output_item.done"), 3);
  });

  test("reads refusals as its own errors", async () => {
    const ask = (client = openai(), partial = {}) => client.responses.create({ ...request, ...partial });
    await assert.rejects(ask(openai("sk-or-v1-other")), OpenAI.AuthenticationError);
    await assert.rejects(ask(openai(), { input: 5 }), OpenAI.BadRequestError);
    await assert.rejects(ask(openai(), { model: "acme/fake" }), OpenAI.BadRequestError);
    fakeOpenRouter.misbehave({ chat: { answer: chatProblems.keyLimit } });
    await assert.rejects(ask(), OpenAI.PermissionDeniedError);
    assert.equal(fakeOpenRouter.chats.length, 0);
  });

  test("fails in mid-stream, and reads a stream in an unusual form", async () => {
    const ask = () => openai().responses.stream(request).finalResponse();
    fakeOpenRouter.misbehave({ chat: { stream: failsWith(streamErrors.provider_overloaded) } });
    const types: string[] = [];
    for await (const { type } of await openai().responses.create({ ...request, stream: true }))
      types.push(type);
    assert.equal(types.at(-1), "response.failed");
    assert.equal(key.usage, 0, "what fails isn't paid");
    const failed = await ask();
    assert.equal(failed.status, "failed");
    assert.equal(failed.error?.message, "The provider is temporarily overloaded");
    for (const stream of [streamFaults.crLf, streamFaults.oneByteAtATime, streamFaults.commentsEverywhere]) {
      fakeOpenRouter.misbehave({ chat: { stream } });
      assert.equal((await ask()).output_text, question);
    }
    fakeOpenRouter.misbehave({ chat: { stream: streamFaults.length } });
    assert.equal((await ask()).incomplete_details?.reason, "max_output_tokens");
  });
});
