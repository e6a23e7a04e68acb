import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { chatProblems } from "./chatProblems";
import { createModel } from "./fakeModel";
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

const model = "anthropic/claude-sonnet-4.5";
const question = "Wie heißt die Hauptstadt von Japan? 東京 🗼";
const request = { model, max_tokens: 1000, messages: [{ role: "user" as const, content: question }] };
const tools = [{ name: "read_file", input_schema: { type: "object" as const } }];
const twoCalls = {
  parts: [
    { reasoning: "Two files." },
    { text: ["I'll read ", "both."] },
    {
      toolCalls: [
        { name: "read_file", arguments: { path: "a.txt" } },
        { name: "read_file", arguments: { path: "b.txt" } },
      ],
    },
  ],
};

describe("Anthropic's SDK", () => {
  const anthropic = (
    authToken: string | null = key.key,
    options: { defaultHeaders?: Record<string, string> } = {},
  ) =>
    new Anthropic({
      baseURL: `${fakeOpenRouter.url}/api`,
      authToken,
      apiKey: null,
      maxRetries: 0,
      ...options,
    });

  test("reads an answer as a stream, and in one piece", async () => {
    const streamed = await anthropic().messages.stream(request).finalMessage();
    const whole = await anthropic().messages.create(request);
    for (const { content, stop_reason, usage } of [streamed, whole]) {
      assert.deepEqual(
        content.map((block) => block.type === "text" && block.text),
        [question],
      );
      assert.equal(stop_reason, "end_turn");
      assert.ok(usage.input_tokens > usage.output_tokens && usage.output_tokens > 5);
    }
    assert.ok(key.usage > 0);
    assert.deepEqual(
      fakeOpenRouter.chats.map(({ api, body }) => [api, body.model, body.max_tokens]),
      [
        ["messages", model, 1000],
        ["messages", model, 1000],
      ],
    );
  });

  test("reads thoughts and tool calls, and sends the results back", async () => {
    fakeOpenRouter.answer(twoCalls, twoCalls, { parts: ["Done."] });
    const answers = [
      await anthropic()
        .messages.stream({ ...request, tools })
        .finalMessage(),
      await anthropic().messages.create({ ...request, tools }),
    ];
    for (const { content, stop_reason } of answers) {
      assert.equal(stop_reason, "tool_use");
      const calls = content.filter((block) => block.type === "tool_use");
      assert.deepEqual(
        calls.map(({ input }) => input),
        [{ path: "a.txt" }, { path: "b.txt" }],
      );
      assert.equal(new Set(calls.map(({ id }) => id)).size, 2);
    }
    const [{ content }] = answers as [Anthropic.Message];
    assert.deepEqual(
      content.map(({ type }) => type),
      ["thinking", "text", "tool_use", "tool_use"],
    );
    const results = content
      .filter((block) => block.type === "tool_use")
      .map(({ id }) => ({ type: "tool_result" as const, tool_use_id: id, content: "42" }));
    const { content: last } = await anthropic().messages.create({
      ...request,
      tools,
      system: "Be brief.",
      messages: [
        ...request.messages,
        { role: "assistant", content },
        { role: "user", content: [...results, { type: "text", text: "Well?" }] },
      ],
    });
    assert.deepEqual(
      last.map((block) => block.type === "text" && block.text),
      ["Done."],
    );
    assert.deepEqual(
      fakeOpenRouter.chats.at(-1)?.body.messages.map(({ role }) => role),
      ["system", "user", "assistant", "tool", "tool", "user"],
    );
  });

  test("takes the key in either header, the bearer's first, and Anthropic's own names", async () => {
    fakeOpenRouter.models.push(createModel({ id: "anthropic/claude-test-9.5" }));
    const clients = [
      anthropic(null, { defaultHeaders: { "x-api-key": key.key } }),
      anthropic(key.key, { defaultHeaders: { "x-api-key": "sk-ant-another" } }),
    ];
    for (const client of clients) {
      await client.messages.create({ ...request, model: "claude-test-9-5-20260102" });
    }
    assert.deepEqual(
      fakeOpenRouter.chats.map(({ headers }) => [headers.authorization, headers["x-api-key"]]),
      [
        [undefined, key.key],
        [`Bearer ${key.key}`, "sk-ant-another"],
      ],
    );
    await assert.rejects(
      anthropic().messages.create({ ...request, model: "claude-2-1" }),
      /anthropic\/claude-2\.1 is not a valid model ID/,
    );
  });

  test("sends images on", async () => {
    const image = {
      type: "image" as const,
      source: { type: "base64" as const, media_type: "image/png" as const, data: "aGVsbG8=" },
    };
    await anthropic().messages.create({ ...request, messages: [{ role: "user", content: [image] }] });
    const [{ body }] = fakeOpenRouter.chats as unknown as [{ body: unknown }];
    assert.match(JSON.stringify(body), /"url":"data:image\/png;base64,aGVsbG8="/);
  });

  test("reads refusals as its own errors, in Anthropic's form", async () => {
    const ask = (client = anthropic(), partial = {}) => client.messages.create({ ...request, ...partial });
    await assert.rejects(ask(anthropic("sk-or-v1-other")), Anthropic.AuthenticationError);
    await assert.rejects(ask(anthropic(), { max_tokens: 0 }), Anthropic.BadRequestError);
    key.usage = 10;
    await assert.rejects(ask(), (error: { error: unknown }) => {
      assert.ok(error instanceof Anthropic.PermissionDeniedError);
      const message = "Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys";
      assert.deepEqual(error.error, { type: "error", error: { type: "permission_error", message } });
      return true;
    });
    for (const answer of [chatProblems.rateLimited, { status: 429 }]) {
      fakeOpenRouter.misbehave({ chat: { answer } });
      await assert.rejects(ask(), (error: { error: { error: { type: string } } }) => {
        assert.ok(error instanceof Anthropic.RateLimitError);
        assert.equal(error.error.error.type, "rate_limit_error");
        return true;
      });
    }
    assert.equal(fakeOpenRouter.chats.length, 0);
  });

  test("rejects at an error in mid-stream, and reads a stream in an unusual form", async () => {
    const ask = () => anthropic().messages.stream(request).finalText();
    fakeOpenRouter.misbehave({ chat: { stream: failsWith(streamErrors.provider_overloaded) } });
    await assert.rejects(ask(), /The provider is temporarily overloaded/);
    assert.equal(key.usage, 0, "what fails isn't paid");
    for (const stream of [streamFaults.crLf, streamFaults.oneByteAtATime, streamFaults.commentsEverywhere]) {
      fakeOpenRouter.misbehave({ chat: { stream } });
      assert.equal(await ask(), question);
    }
    fakeOpenRouter.misbehave({ chat: { stream: streamFaults.length } });
    assert.equal((await anthropic().messages.stream(request).finalMessage()).stop_reason, "max_tokens");
  });
});
