import assert from "node:assert/strict";
import { test } from "node:test";
import { chatMessages } from "../../../src/models/chatMessages";
import { ReasoningMemory } from "../../../src/models/reasoningMemory";
import { readReasoningMetadata, reasoningMetadata } from "../../../src/models/reasoningMetadata";
import type { ReasoningDetail } from "../../../src/openrouter/chat";
import { assistant, text, thinking, toolCall, toolResult, user } from "../../fakes/messageParts";

const signed: ReasoningDetail[] = [
  { type: "reasoning.text", text: "Hm", signature: "s", format: "anthropic-claude-v1", index: 0, id: null },
  { type: "reasoning.encrypted", data: "e", format: "google-gemini-v1", extra: { a: [1] } },
];
const plain: ReasoningDetail[] = [
  { type: "reasoning.text", text: "Hm, ", format: "unknown", index: 0 },
  { type: "reasoning.text", text: "so", signature: null, index: 1 },
];
const ours = reasoningMetadata("a/b", signed);
const sent = JSON.stringify(signed);

/** @returns the reasoning of the first message, and what was logged */
function reasoning(parts: unknown[], memory = new ReasoningMemory()) {
  const lines: string[] = [];
  const log = { debug: (line: string) => void lines.push(line) };
  const [first] = chatMessages([assistant(...parts)], { model: "a/b", memory, log });
  assert.ok(first);
  const { role, content, tool_calls: calls, ...rest } = first;
  return { reasoning: rest, logged: lines.join() };
}

for (const [name, parts, expected, logged = ""] of [
  ["ours", [thinking("Hm", ours), text("Hi")], { reasoning_details: signed }],
  [
    "ours, in the last of several parts",
    [thinking("Hm"), thinking("", ours), text("Hi")],
    { reasoning_details: signed },
  ],
  ["texts in an array", [thinking(["H", "m"], ours), text("Hi")], { reasoning_details: signed }],
  [
    "the last metadata of several",
    [thinking("", reasoningMetadata("a/b", plain)), thinking("", ours), text("Hi")],
    { reasoning_details: signed },
  ],
  [
    "of a model that signs nothing: the text too",
    [thinking("Hm", reasoningMetadata("a/b", plain)), text("Hi")],
    { reasoning: "Hm, so", reasoning_details: plain },
  ],
  [
    "signed text, without its text again",
    [thinking("Hm", reasoningMetadata("a/b", signed.slice(0, 1))), text("Hi")],
    { reasoning_details: signed.slice(0, 1) },
  ],
  [
    "text alone, of this model",
    [thinking(["Hm, ", "so"], reasoningMetadata("a/b")), text("Hi")],
    { reasoning: "Hm, so" },
  ],
  [
    "of another model",
    [thinking("Hm", reasoningMetadata("a/c", signed)), text("Hi")],
    {},
    "Request to a/b: left out thinking of another model (1)",
  ],
  [
    "of nobody knows which model",
    [thinking("Hm", { signature: "s" }), text("Hi")],
    {},
    "Request to a/b: left out thinking of an unknown model (1)",
  ],
  ["of a text, none", [text("Hi")], {}],
  [
    "details that aren't any",
    [thinking("Hm", { model: "a/b", reasoning_details: [{ type: 1 }] }), text("Hi")],
    { reasoning: "Hm" },
  ],
] as [string, unknown[], object, string?][]) {
  test(`reasoning: ${name}`, () => {
    assert.deepEqual(reasoning(parts), { reasoning: expected, logged });
    assert.equal(JSON.stringify(signed), sent);
  });
}

test("a message with nothing but thinking is left out", () => {
  const log = { debug: () => assert.fail() };
  assert.deepEqual(
    chatMessages([assistant(thinking("Hm", ours))], { model: "a/b", memory: new ReasoningMemory(), log }),
    [],
  );
});

const one = { id: "c1", name: "read", input: { path: "a.ts" } };
const two = { id: "c2", name: "list", input: {} };

test("reasoning that the host drops is remembered by the tool calls, and by the model", () => {
  const memory = new ReasoningMemory();
  memory.remember("a/b", [one], signed);
  const remembered = { reasoning: { reasoning_details: signed } };
  assert.deepEqual(reasoning([toolCall("c1")], memory).reasoning, remembered.reasoning);
  assert.deepEqual(reasoning([thinking("Hm"), toolCall("c1")], memory).reasoning, remembered.reasoning);
  assert.deepEqual(
    reasoning([thinking("Hm", reasoningMetadata("a/b", plain)), toolCall("c1")], memory).reasoning
      .reasoning_details,
    plain,
  );
  assert.equal(memory.recall("a/c", [one]), undefined);
  assert.equal(memory.recall("a/b", [{ ...one, name: "write" }]), undefined);
  assert.equal(memory.recall("a/b", [{ ...one, input: { path: "b.ts" } }]), undefined);
  assert.equal(memory.recall("a/b", []), undefined);
});

test("the calls of one answer, sent as several messages, bring its reasoning once", () => {
  const memory = new ReasoningMemory();
  memory.remember("a/b", [one, two], signed);
  const messages = [
    assistant(toolCall("c1")),
    user(toolResult("c1")),
    assistant(toolCall("c2", "list", {})),
    user(toolResult("c2")),
  ];
  const context = { model: "a/b", memory, log: { debug: () => assert.fail() } };
  for (const _ of [1, 2])
    assert.deepEqual(
      chatMessages(messages, context).map((message) => message.reasoning_details),
      [signed, undefined, undefined, undefined],
    );
});

const calls = (...ids: string[]) => ids.map((id) => ({ ...one, id }));
const recalled = (memory: ReasoningMemory, ...ids: string[]) =>
  ids.filter((id) => memory.recall("a/b", calls(id))).join(" ");

test("the memory forgets the oldest, by the number of calls and by their size", () => {
  const few = new ReasoningMemory({ calls: 3, characters: 1e6 });
  few.remember("a/b", calls("1", "2"), signed);
  few.remember("a/b", calls("3"), signed);
  assert.equal(recalled(few, "1", "2", "3"), "1 2 3");
  few.remember("a/b", calls("4"), signed);
  assert.equal(recalled(few, "1", "2", "3", "4"), "3 4");

  const size = 50 + sent.length;
  const small = new ReasoningMemory({ calls: 100, characters: 2 * size });
  for (const id of ["1", "2", "3"]) small.remember("a/b", calls(id), signed);
  assert.equal(recalled(small, "1", "2", "3"), "2 3");
  small.remember("a/b", calls("4"), [...signed, ...signed, ...signed, ...signed]);
  assert.equal(recalled(small, "2", "3", "4"), "");
  small.remember("a/b", calls("5"), signed);
  assert.equal(recalled(small, "5"), "5");
});

test("an answer with the same call takes the place of the one before", () => {
  const memory = new ReasoningMemory({ calls: 3, characters: 3 * sent.length });
  for (let i = 0; i < 10; i++) memory.remember("a/b", calls("1"), i === 9 ? plain : signed);
  memory.remember("a/b", calls("2"), signed);
  assert.deepEqual(memory.recall("a/b", calls("1")), plain);
  memory.remember("a/b", calls("3"), []);
  assert.equal(recalled(memory, "1", "2", "3"), "1 2");
});

for (const value of [undefined, null, "model", [], {}, { model: 1 }, { reasoning_details: signed }])
  test(`no metadata of ours: ${JSON.stringify(value)}`, () => {
    assert.equal(readReasoningMetadata(value), undefined);
  });

test("metadata survives the way through VS Code, which is JSON", () => {
  assert.deepEqual(readReasoningMetadata(JSON.parse(JSON.stringify(ours))), ours);
  assert.deepEqual(reasoningMetadata("a/b", []), { model: "a/b" });
});
