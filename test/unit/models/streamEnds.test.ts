// How a stream can end, and whatever else it can be: each is right, or one clear error.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChatFailure } from "../../../src/models/chatError";
import {
  ask,
  Body,
  body,
  bodyOf,
  chunk,
  events,
  fails,
  finish,
  piece,
  said,
  stream,
  streamResponse,
  text,
  toolCalls,
  usageChunk,
} from "./streams";

const call = (json: string, more: object = { id: "call-1" }) => toolCalls(piece(0, json, more, "edit"));

const right: Record<string, { sent: string; says?: string; reason?: "stop" | "tool_calls" | "length" }> = {
  "a whole stream": { sent: stream(text("Hi"), finish("stop"), usageChunk()), says: "Hi" },
  "no usage": { sent: stream(text("Hi"), finish("stop")), says: "Hi" },
  "a choice without a delta": { sent: stream(text("Hi"), chunk(null), chunk(null, "stop")), says: "Hi" },
  "fields that are null": {
    sent: stream(
      chunk({ role: "assistant", content: null, refusal: null, reasoning: null, reasoning_details: null }),
      chunk({ content: "Hi", tool_calls: null }, null, { usage: null, error: null, id: null, model: null }),
      finish("stop"),
    ),
    says: "Hi",
  },
  "no choices": {
    sent: stream(chunk(null, null, { choices: [] }), "{}", text("Hi"), finish("stop")),
    says: "Hi",
  },
  "an event without data": { sent: `data:\n\n${stream(text("Hi"), finish("stop"))}`, says: "Hi" },
  "fields of SSE that aren't data": {
    sent: `retry: x\nfoo: bar\nid: 1\nevent: message\n${stream(text("Hi"), finish("stop"))}`,
    says: "Hi",
  },
  "data in several lines": {
    sent: `data: {"choices":\ndata: [{"delta":{"content":"Hi"}}]}\n\n${stream(finish("stop"))}`,
    says: "Hi",
  },
  "no [DONE]": { sent: events(text("Hi"), finish("stop"), usageChunk()), says: "Hi" },
  "no [DONE], and whole tool calls": {
    sent: events(call("{}"), finish("tool_calls")),
    reason: "tool_calls",
  },
  "a last event without its empty line": {
    sent: `${events(text("Hi"), finish("stop"))}data: [DONE]`,
    says: "Hi",
  },
  "only [DONE] at the end": { sent: stream(text("Hi")), says: "Hi" },
  "something after [DONE]": { sent: stream(text("Hi"), finish("stop")) + events("{", text("?")), says: "Hi" },
  "a finish reason that isn't known": { sent: stream(text("Hi"), finish("eos")), says: "Hi" },
  "an empty finish reason in each chunk": {
    sent: stream(chunk({ content: "H" }, ""), chunk({ content: "i" }, ""), finish("stop")),
    says: "Hi",
  },
  "nothing to say": { sent: stream(finish("stop"), usageChunk()), says: "" },
  "a refusal": {
    sent: stream(chunk({ content: null, refusal: "I won't." }), finish("stop")),
    says: "I won't.",
  },
  "an answer that is cut off": {
    sent: stream(text("Once upon"), finish("length"), usageChunk()),
    says: "Once upon",
    reason: "length",
  },
  "an answer that is cut off after a whole tool call": {
    sent: stream(call('{"a":1}'), finish("length")),
    reason: "length",
  },
  "a stop with tool calls": { sent: stream(call("{}"), finish("stop")), reason: "tool_calls" },
};

for (const [name, { sent, says = "", reason = "stop" }] of Object.entries(right)) {
  test(`right: ${name}`, async () => {
    const { parts, answer } = ask(bodyOf(sent));
    assert.equal((await answer).finishReason, reason);
    assert.equal(said(parts), says);
  });
}

const noText = { reason: "stop", native_finish_reason: "MALFORMED_FUNCTION_CALL" };
const choices = (choice: object) => JSON.stringify({ choices: [choice] });
const wrong: Record<string, { sent: string; failure: ChatFailure; says?: string }> = {
  "nothing at all": { sent: "", failure: "interrupted" },
  "only comments": { sent: ": OPENROUTER PROCESSING\n\n".repeat(3), failure: "interrupted" },
  "only [DONE]": { sent: stream(), failure: "interrupted" },
  "no finish reason, no [DONE]": { sent: events(text("Hi")), failure: "interrupted", says: "Hi" },
  "an end within an event": { sent: `${events(text("Hi"))}data: {"cho`, failure: "interrupted", says: "Hi" },
  "no [DONE], and half a tool call": {
    sent: events(call('{"a'), finish("tool_calls")),
    failure: "interrupted",
  },
  "an error in a chunk": {
    sent: events(text("Hi"), chunk({ content: "" }, "error", { error: { code: 502, message: "quoted" } })),
    failure: "overloaded",
    says: "Hi",
  },
  "an error without choices": {
    sent: events(JSON.stringify({ choices: [], error: { code: 429, message: "quoted" } })),
    failure: "rateLimited",
  },
  "an error within a choice": {
    sent: events(choices({ finish_reason: "error", error: { code: 402, message: "quoted" } })),
    failure: "outOfCredits",
  },
  "an error that isn't known": {
    sent: events(chunk({}, "error", { error: { code: "odd", message: "quoted" } })),
    failure: "providerError",
  },
  "an error that is only text": { sent: events('{"error":"quoted"}'), failure: "providerError" },
  "finish_reason error": { sent: stream(text("Hi"), finish("error")), failure: "providerError", says: "Hi" },
  "a provider that failed without an error": {
    sent: stream(choices({ ...noText, finish_reason: "stop" })),
    failure: "providerError",
  },
  "finish_reason content_filter": {
    sent: stream(text("Hi"), finish("content_filter")),
    failure: "filtered",
    says: "Hi",
  },
  "a tool call that is cut off": {
    sent: stream(text("Hi"), call('{"a'), finish("length")),
    failure: "cutOff",
    says: "Hi",
  },
  "a tool call that is cut off before its arguments": {
    sent: stream(call(""), finish("length")),
    failure: "cutOff",
  },
  "an answer that is cut off before it begins": {
    sent: stream(chunk({ reasoning: "Hm" }), finish("length")),
    failure: "cutOff",
  },
  "an event that isn't JSON": { sent: events(text("Hi"), "quoted {"), failure: "badStream", says: "Hi" },
  "an event that is a list": { sent: stream("[]"), failure: "badStream" },
  "an event that is null": { sent: stream("null"), failure: "badStream" },
  "choices that are no list": { sent: stream('{"choices":{}}'), failure: "badStream" },
  "a choice that is null": { sent: stream('{"choices":[null]}'), failure: "badStream" },
  "a delta that is text": { sent: stream(choices({ delta: "quoted" })), failure: "badStream" },
  "content that is a number": { sent: stream(choices({ delta: { content: 1 } })), failure: "badStream" },
  "content that is a list": { sent: stream(choices({ delta: { content: [] } })), failure: "badStream" },
  "a refusal that is an object": { sent: stream(choices({ delta: { refusal: {} } })), failure: "badStream" },
  "reasoning that is a list": { sent: stream(choices({ delta: { reasoning: [] } })), failure: "badStream" },
  "reasoning details that are text": {
    sent: stream(choices({ delta: { reasoning_details: "" } })),
    failure: "badStream",
  },
  "a reasoning detail without a type": {
    sent: stream(choices({ delta: { reasoning_details: [{}] } })),
    failure: "badStream",
  },
  "a reasoning detail whose index is text": {
    sent: stream(choices({ delta: { reasoning_details: [{ type: "reasoning.text", index: "0" }] } })),
    failure: "badStream",
  },
  "tool calls that are an object": {
    sent: stream(choices({ delta: { tool_calls: {} } })),
    failure: "badStream",
  },
  "a tool call that is text": {
    sent: stream(choices({ delta: { tool_calls: ["quoted"] } })),
    failure: "badStream",
  },
  "a tool call whose index is text": {
    sent: stream(choices({ delta: { tool_calls: [{ index: "0" }] } })),
    failure: "badStream",
  },
  "a tool call whose ID is a number": {
    sent: stream(choices({ delta: { tool_calls: [{ index: 0, id: 1 }] } })),
    failure: "badStream",
  },
  "a function that is text": {
    sent: stream(choices({ delta: { tool_calls: [{ index: 0, function: "f" }] } })),
    failure: "badStream",
  },
  "a name that is a number": {
    sent: stream(choices({ delta: { tool_calls: [{ index: 0, function: { name: 1 } }] } })),
    failure: "badStream",
  },
  "arguments that are an object": {
    sent: stream(choices({ delta: { tool_calls: [{ index: 0, function: { name: "f", arguments: {} } }] } })),
    failure: "badStream",
  },
  "a finish reason that is a number": { sent: stream(choices({ finish_reason: 1 })), failure: "badStream" },
  "a line without an end": { sent: `data: "${"x".repeat(4_100_000)}`, failure: "badStream" },
  "an event of endless lines": {
    sent: `data: {}\n${`data: ${" ".repeat(1_000)}\n`.repeat(4_100)}`,
    failure: "badStream",
  },
  "a page that is called a stream": { sent: "<!DOCTYPE html>\n<html>quoted</html>", failure: "badStream" },
  "an end within the first line": { sent: "dat", failure: "interrupted" },
  "JSON that is called a stream": { sent: '{"choices":[]}', failure: "badStream" },
};

for (const [name, { sent, failure, says = "" }] of Object.entries(wrong)) {
  test(`${failure}: ${name}`, async () => {
    const { parts, answer } = ask(bodyOf(sent));
    await assert.rejects(answer, fails(failure));
    assert.equal(said(parts), says);
    assert.ok(parts.every(({ kind }) => kind !== "toolCall"));
  });
}

test("filtered: what the answer cost is told all the same", async () => {
  const { usage, answer } = ask(bodyOf(stream(finish("content_filter"), usageChunk({ cost: 0.5 }))));
  await assert.rejects(answer, fails("filtered"));
  assert.equal(usage[0]?.cost, 0.5);
});

test("interrupted: a connection that breaks", async () => {
  const answering = new Body();
  const { parts, answer } = ask(answering.stream);
  answering.write(events(text("Hi")));
  await answering.read();
  answering.break();
  await assert.rejects(answer, fails("interrupted"));
  assert.equal(said(parts), "Hi");
});

test("right: a connection that breaks after the answer", async () => {
  const answering = new Body();
  const { parts, answer } = ask(answering.stream);
  answering.write(events(text("Hi"), call("{}"), finish("tool_calls")));
  await answering.read();
  answering.break();
  assert.equal((await answer).finishReason, "tool_calls");
  assert.equal(parts.length, 2);
});

const noStream: Record<string, [type: string, content: string, ChatFailure]> = {
  "a page": ["text/html; charset=utf-8", "\n<html><body>Sign in</body></html>", "intermediary"],
  "a page in XML": ["application/xhtml+xml", "<?xml version='1.0'?>", "intermediary"],
  "an error as JSON, with status 200": [
    "application/json",
    JSON.stringify({ error: { code: 402, message: "quoted" } }),
    "outOfCredits",
  ],
  "an answer as JSON": [
    "application/json",
    JSON.stringify({ choices: [{ message: { content: "Hi" } }] }),
    "badStream",
  ],
  "other JSON": ["application/json", "7", "badStream"],
  "JSON that is cut off": ["application/json", '{"error', "badStream"],
  "more than an error can be": ["application/json", `"${"x".repeat(1_100_000)}"`, "badStream"],
};
for (const [name, [type, content, failure]] of Object.entries(noStream)) {
  test(`${failure}: ${name} in place of a stream`, async () => {
    const { answer } = ask(streamResponse(bodyOf(content), { "Content-Type": type }));
    await assert.rejects(answer, fails(failure));
  });
}

test("badStream: no body", () =>
  assert.rejects(ask(new Response(null, { status: 200 })).answer, fails("badStream")));

test("the end has the model that answered, if it's another, and the ID at OpenRouter; the usage is reported", async () => {
  const other = (content: string) => chunk({ content }, null, { id: "gen-2", model: "acme/other" });
  const { answer, logged, usage, models } = ask(
    streamResponse(bodyOf(stream(other("Hi"), usageChunk({ cost: 0.5 }))), {
      "X-Generation-Id": "gen-header",
    }),
    { body: { ...body, model: "openrouter/auto" } },
  );
  assert.deepEqual(await answer, {
    finishReason: "stop",
    model: "acme/talker", // of the last chunk
    generationId: "gen-header",
  });
  const told = { promptTokens: 10, completionTokens: 20, cachedTokens: 0, reasoningTokens: 0, cost: 0.5 };
  assert.deepEqual(usage, [told]);
  assert.deepEqual(models, ["acme/other", "acme/talker"], "each at once");
  assert.match(logged.join("\n"), /^openrouter\.ai \/api\/v1\/chat\/completions: stop, \d+ ms, gen-header$/);
  const plain = ask(bodyOf(stream(text("Hi"), finish("stop"))));
  assert.deepEqual(await plain.answer, { finishReason: "stop", generationId: "gen-1" });
  const odd = chunk({ content: "Hi" }, "stop", { id: "gen 1\nINFO forged", model: 3 });
  assert.deepEqual(await ask(bodyOf(stream(odd))).answer, { finishReason: "stop" });
});
