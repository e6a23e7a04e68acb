// Any answer, in any bytes, cut anywhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ChatPart } from "../../../src/models/chatAnswer";
import { anyText } from "../arbitraries";
import { ask, chunk, finish, piece, said, text, toolCalls, usageChunk } from "./streams";

/** Unicode with what cuts and line ends could tear: several bytes a character, escapes, line ends within strings. */
const words = fc.oneof(
  anyText({ minLength: 1, maxLength: 12 }),
  fc.constantFrom("\r\n", "data: x\n\n", "é😀", "[DONE]"),
);

interface Call {
  name: string;
  input: Record<string, unknown>;
  /** Where its JSON is cut, as parts of its length. */
  cuts: number[];
}
const call: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom("read_file", "edit", "run"),
  input: fc.dictionary(words, fc.oneof(words, fc.integer(), fc.constant(null), fc.constant({ a: ["b"] })), {
    noNullPrototype: true,
  }),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
});

/** Pieces of a text, in order. */
function cutText(whole: string, cuts: readonly number[]): string[] {
  const places = cuts.map((cut) => Math.round(cut * whole.length)).sort((a, b) => a - b);
  return [0, ...places].map((start, i) => whole.slice(start, places[i] ?? whole.length));
}

interface Script {
  say: ({ text: string } | { reasoning: string })[];
  calls: Call[];
  /** Which call says its next piece. */
  order: number[];
}
const script: fc.Arbitrary<Script> = fc.record({
  say: fc.array(fc.oneof(fc.record({ text: words }), fc.record({ reasoning: words })), { maxLength: 5 }),
  calls: fc.array(call, { maxLength: 3 }),
  order: fc.array(fc.nat(2), { maxLength: 12 }),
});

/** The events of a script. Pieces of its calls are mixed. */
function eventsOf({ say, calls, order }: Script): string[] {
  const said = say.map((part) =>
    "text" in part
      ? text(part.text)
      : chunk({ reasoning: part.reasoning, reasoning_details: [detail(part.reasoning)] }),
  );
  const waiting = calls.map(({ name, input, cuts }, index) => {
    const [first = "", ...rest] = cutText(JSON.stringify(input), cuts);
    return [piece(index, first, { id: `call-${index}` }, name), ...rest.map((json) => piece(index, json))];
  });
  const turns = [...order, ...waiting.flatMap((pieces, index) => pieces.map(() => index))];
  const called = turns.flatMap((index) => waiting[index]?.splice(0, 1).map((next) => toolCalls(next)) ?? []);
  return [...said, ...called, finish(calls.length > 0 ? "tool_calls" : "stop"), usageChunk()];
}

const detail = (reasoning: string) => ({ type: "reasoning.text", text: reasoning, index: 0, format: null });

function partsOf({ say, calls }: Script): ChatPart[] {
  const reasoning = say.map((part) => ("reasoning" in part ? part.reasoning : "")).join("");
  return [
    ...say.map(
      (part): ChatPart =>
        "text" in part ? { kind: "text", text: part.text } : { kind: "reasoning", text: part.reasoning },
    ),
    ...(reasoning ? [{ kind: "reasoningDetails" as const, details: [detail(reasoning)] }] : []),
    ...calls.map(({ name, input }, i): ChatPart => ({ kind: "toolCall", id: `call-${i}`, name, input })),
  ];
}

const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
const noise = fc.constantFrom("", ": OPENROUTER PROCESSING", ":", "event: message", "id: 7", "retry: 10");
interface Wire {
  /** Those of one event after the other. */
  lineEnds: string[];
  noise: string[];
  hasMark: boolean;
}
const wire: fc.Arbitrary<Wire> = fc.record({
  lineEnds: fc.array(lineEnd, { minLength: 1, maxLength: 3 }),
  noise: fc.array(noise, { minLength: 1, maxLength: 4 }),
  hasMark: fc.boolean(),
});

function bytesOf(script: Script, { lineEnds, noise, hasMark }: Wire): Uint8Array {
  const written = [...eventsOf(script), "[DONE]"].map((data, i) => {
    const before = noise[i % noise.length] ?? "";
    const isComment = before.startsWith(":");
    const lines = [...(before ? [before] : []), ...(isComment ? [""] : []), `data: ${data}`, ""];
    return lines.map((line) => line + lineEnds[i % lineEnds.length]).join("");
  });
  return new TextEncoder().encode((hasMark ? "\uFEFF" : "") + written.join(""));
}

/** A body that comes in these pieces, the next only once the last was read. */
function bodyCutAt(bytes: Uint8Array, places: readonly number[]): ReadableStream<Uint8Array> {
  const starts = [0, ...new Set([...places].sort((a, b) => a - b))];
  const pieces = starts.map((start, i) => bytes.subarray(start, starts[i + 1] ?? bytes.length)).values();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function answers(script: Script, body: ReadableStream<Uint8Array>): Promise<void> {
  const asked = ask(body);
  const { finishReason } = await asked.answer;
  assert.deepEqual(asked.parts, partsOf(script));
  assert.equal(finishReason, script.calls.length > 0 ? "tool_calls" : "stop");
  assert.deepEqual(
    asked.usage.map(({ promptTokens }) => promptTokens),
    [10],
  );
}

test("an answer is the same, however its bytes are cut", () =>
  fc.assert(
    fc.asyncProperty(script, wire, fc.array(fc.nat(), { maxLength: 20 }), async (script, wire, cuts) => {
      const bytes = bytesOf(script, wire);
      await answers(
        script,
        bodyCutAt(
          bytes,
          cuts.map((cut) => cut % bytes.length),
        ),
      );
    }),
  ));

test("an answer is the same, where its bytes come one by one", () =>
  fc.assert(
    fc.asyncProperty(script, wire, async (script, wire) => {
      const bytes = bytesOf(script, wire);
      await answers(script, bodyCutAt(bytes, [...bytes.keys()]));
    }),
    { numRuns: 15 },
  ));

test("an answer is the same, wherever one cut is", async () => {
  const script: Script = {
    say: [{ reasoning: "Hm 🤔" }, { text: "Grüße, 世界\r\n👩‍👩‍👧" }],
    calls: [
      { name: "edit", input: { path: "ä/\u2028", content: "\n" }, cuts: [0.3, 0.6] },
      { name: "run", input: {}, cuts: [] },
    ],
    order: [0, 1, 0],
  };
  const wire = { lineEnds: ["\n", "\r\n", "\r"], noise: [": OPENROUTER PROCESSING"], hasMark: true };
  const bytes = bytesOf(script, wire);
  for (const place of bytes.keys()) await answers(script, bodyCutAt(bytes, [place]));
});

test("a stream that ends too early is no answer, wherever it ends, and what came is reported", () =>
  fc.assert(
    fc.asyncProperty(script, wire, fc.double({ min: 0, max: 1, noNaN: true }), async (script, wire, part) => {
      const bytes = bytesOf({ ...script, say: [{ text: "Once" }, ...script.say] }, wire);
      const isEnd = new TextDecoder().decode(bytes).lastIndexOf('"finish_reason":"');
      const length = Math.floor(
        part * new TextEncoder().encode(new TextDecoder().decode(bytes).slice(0, isEnd)).length,
      );
      const asked = ask(bodyCutAt(bytes.subarray(0, length), [length >> 1]));
      await assert.rejects(asked.answer, { failure: "interrupted" });
      const whole = `Once${said(partsOf(script))}`;
      assert.ok(whole.startsWith(said(asked.parts)));
      assert.ok(asked.parts.every(({ kind }) => kind !== "toolCall"));
    }),
  ));
