import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ReasoningDetail } from "../../../src/openrouter/chat";
import { anyText } from "../arbitraries";
import { ask, bodyOf, chunk, finish, piece, said, stream, text, toolCalls } from "./streams";

const details = (...reasoning_details: object[]) => chunk({ reasoning_details });
async function answers(...chunks: string[]) {
  const { parts, answer } = ask(bodyOf(stream(...chunks, finish("stop"))));
  await answer;
  const kept = parts.flatMap((part) => (part.kind === "reasoningDetails" ? [part.details] : []));
  assert.ok(kept.length <= 1, "details are reported once");
  return { parts, reasoning: said(parts, "reasoning"), details: kept[0] };
}

test("the pieces of a detail become one, with the signature of the whole", async () => {
  const format = "anthropic-claude-v1";
  const { details: kept } = await answers(
    details({ type: "reasoning.text", text: "Let", format, index: 0 }),
    details({ type: "reasoning.text", text: " me", format, index: 0, signature: null }),
    details({ type: "reasoning.text", signature: "c2ln", format, index: 0 }),
  );
  assert.deepEqual(kept, [{ type: "reasoning.text", text: "Let me", format, index: 0, signature: "c2ln" }]);
});

test("of reasoning that can't be read, it's told at once that it came", async () => {
  const encrypted = { type: "reasoning.encrypted", data: "eHl6", index: 0 };
  const { pieces, parts } = ask(bodyOf(stream(details(encrypted), finish("stop"))));
  await new Promise(setImmediate);
  assert.deepEqual([pieces, said(parts, "reasoning")], [[""], ""]);
});

test("another index, type, or ID is another detail, in the order in which they began", async () => {
  const [summary, encrypted] = ["reasoning.summary", "reasoning.encrypted"];
  const { details: kept } = await answers(
    details({ type: summary, index: 0, summary: "a" }, { type: summary, index: 1, summary: "b" }),
    details(
      { type: encrypted, index: 0, id: "x", data: "1" },
      { type: encrypted, index: 0, id: "y", data: "2" },
    ),
    details({ type: summary, index: 0, summary: "c" }, { type: encrypted, index: 0, id: "x", data: "3" }),
    details({ type: encrypted, data: "4", id: "z" }, { type: encrypted, data: "5", id: "z" }),
    details({ type: summary, summary: "d" }, { type: encrypted, data: "6", id: "z" }),
  );
  assert.deepEqual(kept, [
    { type: summary, index: 0, summary: "ac" },
    { type: summary, index: 1, summary: "b" },
    { type: encrypted, index: 0, id: "x", data: "13" },
    { type: encrypted, index: 0, id: "y", data: "2" },
    { type: encrypted, data: "45", id: "z" },
    { type: summary, summary: "d" },
    { type: encrypted, data: "6", id: "z" },
  ]);
});

test("an ID that only one piece of a detail has is the detail's", async () => {
  const type = "reasoning.summary";
  const { details: kept } = await answers(
    details({ type, index: 0, summary: "a" }, { type, index: 0, id: "x", summary: "b" }),
    details({ type, index: 0, id: null, summary: "c" }),
  );
  assert.deepEqual(kept, [{ type, index: 0, summary: "abc", id: "x" }]);
});

test("fields are kept as they came, also null, unknown, or named like parts of every object", async () => {
  const odd =
    '{"type":"reasoning.later","index":0,"a":null,"constructor":{"b":1},"__proto__":{"c":[]},"text":null}';
  const more =
    '{"type":"reasoning.later","index":0,"a":[2],"constructor":null,"__proto__":null,"toString":null}';
  const choice = (detail: string) => `{"choices":[{"delta":{"reasoning_details":[${detail}]}}]}`;
  const { details: kept } = await answers(choice(odd), choice(more));
  assert.deepEqual(
    JSON.parse(JSON.stringify(kept)),
    JSON.parse(
      '[{"type":"reasoning.later","index":0,"a":[2],"constructor":{"b":1},"__proto__":{"c":[]},"text":null,"toString":null}]',
    ),
  );
});

test("details come before the tool calls, whatever came first", async () => {
  const { parts } = await answers(
    toolCalls(piece(0, "{}", { id: "a" }, "edit")),
    text("Hi"),
    details({ type: "reasoning.encrypted", data: "eA==", id: "a", index: 0 }),
  );
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ["text", "reasoningDetails", "toolCall"],
  );
});

test("the same text in both fields is said once", async () => {
  const both = (words: string) =>
    chunk({ reasoning: words, reasoning_details: [{ type: "reasoning.text", text: words, index: 0 }] });
  const { reasoning } = await answers(both("Let "), both("me"));
  assert.equal(reasoning, "Let me");
  const apart = await answers(
    chunk({ reasoning: "Let me" }),
    details({ type: "reasoning.text", text: "Let me", index: 0 }),
  );
  assert.equal(apart.reasoning, "Let me");
});

test("the text of details is said where there is no other", async () => {
  const { reasoning } = await answers(
    details({ type: "reasoning.text", text: "Let ", index: 0 }),
    chunk({ reasoning: null, reasoning_details: [{ type: "reasoning.summary", summary: "me", index: 1 }] }),
    details({ type: "reasoning.encrypted", data: "secret", text: "no", index: 2 }),
    details({ type: "reasoning.text", text: null, index: 0 }),
  );
  assert.equal(reasoning, "Let me");
});

test("no details are no part", async () => {
  const { parts } = await answers(chunk({ reasoning: "Hm" }), chunk({ reasoning_details: [] }));
  assert.deepEqual(
    parts.map(({ kind }) => kind),
    ["reasoning"],
  );
});

test("details come back as they were before they were cut", () => {
  const detail = fc.record({
    type: fc.constantFrom("reasoning.text", "reasoning.summary", "reasoning.encrypted"),
    content: fc.array(anyText({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
    signature: fc.option(fc.base64String()),
    id: fc.option(fc.string()),
  });
  return fc.assert(
    fc.asyncProperty(fc.array(detail, { minLength: 1, maxLength: 4 }), async (list) => {
      const name = (type: string) =>
        type === "reasoning.text" ? "text" : type === "reasoning.summary" ? "summary" : "data";
      const whole: ReasoningDetail[] = list.map(({ type, content, signature, id }, index) => ({
        type,
        id,
        index,
        [name(type)]: content.join(""),
        ...(signature !== null && { signature }),
      }));
      const pieces = list.flatMap(({ type, content, signature, id }, index) => [
        ...content.map((piece) => ({ type, id, index, [name(type)]: piece })),
        ...(signature === null ? [] : [{ type, index, signature }]),
      ]);
      const { details: kept } = await answers(...pieces.map((piece) => details(piece)));
      assert.deepEqual(kept, whole);
    }),
  );
});
