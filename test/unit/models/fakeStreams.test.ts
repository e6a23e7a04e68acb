// What the fake OpenRouter can do to a client, over a real connection: each is right, or one clear error.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { ChatPart } from "../../../src/models/chatAnswer";
import type { ChatFailure } from "../../../src/models/chatError";
import { type ChatOptions, streamChat } from "../../../src/models/streamChat";
import type { ChatBody } from "../../../src/openrouter/chat";
import {
  type ChatOutcome,
  isError,
  problemOutcomes,
  streamOutcomes,
  triedAgain,
} from "../../fakeOpenRouter/chatMatrix";
import { chatProblems } from "../../fakeOpenRouter/chatProblems";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { streamErrors } from "../../fakeOpenRouter/streamErrors";
import { failsWith, streamFaults } from "../../fakeOpenRouter/streamFaults";
import { FakeClock } from "../../fakes/clock";
import { fails, said } from "./streams";

let fakeOpenRouter: FakeOpenRouter;
beforeEach(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
});
afterEach(() => fakeOpenRouter.close());

const question = "Grüße aus 東京 🗼";
const body: ChatBody = {
  model: "anthropic/claude-sonnet-4.5",
  messages: [{ role: "user", content: question }],
  stream: true,
  tools: [{ type: "function", function: { name: "read_file", parameters: { type: "object" } } }],
};

async function ask(more: Partial<ChatBody> = {}, options: Partial<ChatOptions> = {}) {
  const parts: ChatPart[] = [];
  const target = { fetch, baseUrl: fakeOpenRouter.url, key: fakeOpenRouter.addKey().key };
  const { signal } = new AbortController();
  const end = await streamChat({ ...body, ...more }, { ...target, signal, ...options }, (part) =>
    parts.push(part),
  );
  return { parts, end };
}

test("text, reasoning, and tool calls, with their usage", async () => {
  const details = [
    {
      type: "reasoning.text",
      text: "Let me look.",
      signature: "c2ln",
      format: "anthropic-claude-v1",
      index: 0,
    },
    { type: "reasoning.encrypted", data: "eHl6", id: "r1", format: "anthropic-claude-v1", index: 1 },
  ];
  const toolCalls = [
    { id: "a", name: "read_file", arguments: { path: "ä" } },
    { id: "b", name: "read_file", arguments: {} },
  ];
  fakeOpenRouter.answer({
    parts: [{ reasoningDetails: details }, { text: ["Look", "ing."] }, { toolCalls }],
  });
  const { parts, end } = await ask();
  assert.equal(said(parts, "reasoning"), "Let me look.");
  assert.equal(said(parts), "Looking.");
  assert.deepEqual(
    parts.filter(({ kind }) => !["text", "reasoning", "usage", "piece"].includes(kind)),
    [
      { kind: "reasoningDetails", details },
      { kind: "toolCall", id: "a", name: "read_file", input: { path: "ä" } },
      { kind: "toolCall", id: "b", name: "read_file", input: {} },
    ],
  );
  assert.equal(end.finishReason, "tool_calls");
  const usage = parts.flatMap((part) => (part.kind === "usage" ? [part.usage] : []));
  assert.ok(usage.length === 1 && usage[0]?.completionTokens && usage[0].cost);
  assert.match(end.generationId ?? "", /^gen-/);
});

/** Asks, and lets the time for an answer pass once there is a stream. */
async function askAndWait() {
  const limit = 120_000;
  const clock = new FakeClock();
  clock.install();
  try {
    const answer = ask({}, { stallLimit: limit, now: () => clock.now });
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    answer.then(over, over);
    // Before there is a stream, the time for sending is added.
    while (clock.pending(limit) === 0 && !isOver) await setImmediate();
    clock.advance(limit);
    return await answer;
  } finally {
    clock.uninstall();
  }
}

const texts: Partial<Record<keyof typeof streamFaults, string>> = {
  refusal: "I can't help with that.",
  nothing: "",
};
describe("a stream", () => {
  for (const [name, outcome] of Object.entries(streamOutcomes) as [
    keyof typeof streamFaults,
    ChatOutcome,
  ][]) {
    test(`${outcome}: ${name}`, async () => {
      fakeOpenRouter.misbehave({ chat: { stream: streamFaults[name] } });
      const answer = outcome === "stalled" ? askAndWait() : ask();
      if (isError(outcome)) return assert.rejects(answer, fails(outcome));
      const { parts, end } = await answer;
      assert.equal(said(parts), texts[name] ?? question);
      assert.equal(end.finishReason, outcome === "right" ? "stop" : outcome);
      const ids = parts.flatMap((part) => (part.kind === "toolCall" ? part.id || "none" : []));
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(!ids.includes("none"));
    });
  }

  for (const [name, error] of Object.entries(streamErrors)) {
    test(`an error in the middle: ${name}`, async () => {
      fakeOpenRouter.misbehave({ chat: { stream: failsWith(error) } });
      await assert.rejects(ask(), { name: "ChatError" }); // which one: chatProblems.test.ts
    });
  }
});

describe("a refusal", () => {
  for (const [name, failure] of Object.entries(problemOutcomes) as [
    keyof typeof chatProblems,
    ChatFailure,
  ][]) {
    if (triedAgain.includes(name)) continue; // sendChat.test.ts, without the wait
    test(`${failure}: ${name}`, async () => {
      fakeOpenRouter.misbehave({ chat: { answer: chatProblems[name] } });
      await assert.rejects(ask(), fails(failure));
      assert.equal(fakeOpenRouter.requests.length, 1);
    });
  }
});
