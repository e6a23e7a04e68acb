import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LanguageModelChatRequestMessage } from "vscode";
import { chatMessages } from "../../../src/models/chatMessages";
import { ReasoningMemory } from "../../../src/models/reasoningMemory";
import type { ChatContent, ChatMessage } from "../../../src/openrouter/chat";
import { assertValidMessages } from "../../fakes/chatRules";
import {
  anyMessage,
  assistant,
  data,
  promptTsx,
  system,
  text,
  thinking,
  toolCall,
  toolResult,
  user,
} from "../../fakes/messageParts";
import { anyText } from "../arbitraries";

const logged: string[] = [];
const log = { debug: (line: string) => void logged.push(line) };
const map = (messages: readonly LanguageModelChatRequestMessage[]) =>
  chatMessages(messages, { model: "a/b", memory: new ReasoningMemory(), log });

/** What nobody may send to a model, nor write to a log. */
const secret = "leak-me-not";
const leaked = new RegExp(`${secret}|${btoa(secret)}`);

const hiddenParts: readonly unknown[] = [
  ...["cache_control", "usage", "stateful_marker", "thinking", "context_management", "phase_data", "a/b"].map(
    (mimeType) => data(mimeType, secret),
  ),
  data(`x/${secret}`, secret),
  thinking(secret),
  thinking([secret], { signature: secret }, secret),
  { [secret]: secret },
  null,
  7,
];
const hidden = fc.constantFrom(...hiddenParts);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 20 });
const aText = anyText({ maxLength: 10 }).map(text);
const aTextOrImage = fc.oneof(
  aText,
  bytes.map((content) => data("image/png", content)),
  hidden,
);

/** A round of an agent: what it says, what it calls, and what comes back, in any order and in several messages. */
const round = fc
  .record({
    before: fc.array(fc.oneof(aText, hidden), { maxLength: 3 }),
    calls: fc.array(
      fc.record({
        id: anyText({ minLength: 1, maxLength: 5 }),
        name: anyText({ minLength: 1, maxLength: 5 }),
        input: fc.dictionary(anyText({ maxLength: 3 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
        content: fc.array(fc.oneof(aTextOrImage, anyText({ maxLength: 5 }).map(promptTsx)), { maxLength: 3 }),
        place: fc.nat(2),
      }),
      { maxLength: 4 },
    ),
    after: fc.array(fc.array(aTextOrImage, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ before, calls, after }) => {
    const asked = calls.map(({ id, name, input }) => toolCall(id, name, input));
    const replies = after.map((parts, place) =>
      user(
        ...parts,
        ...calls.filter((call) => call.place === place).map((call) => toolResult(call.id, call.content)),
      ),
    );
    return [assistant(...before, ...asked), ...replies];
  });
const conversation = fc
  .tuple(
    fc.array(aText, { maxLength: 2 }),
    fc.array(aTextOrImage, { maxLength: 3 }),
    fc.array(round, { maxLength: 4 }),
  )
  .map(([rules, question, rounds]) => [system(...rules), user(...question), ...rounds.flat()]);

/** What a person would find in VS Code's messages, and in OpenRouter's. */
interface Found {
  readonly texts: string;
  readonly images: string[];
  readonly calls: unknown[];
  /** By ID, each in its order. */
  readonly results: Record<string, unknown[]>;
}

type Parts = readonly Record<string, unknown>[];
const partsOf = (message: LanguageModelChatRequestMessage) =>
  (message.content as readonly unknown[]).filter(
    (part): part is Record<string, unknown> => part instanceof Object,
  );
/** The text that is in parts, without white space, and their images. */
function readParts(parts: Parts): [string, string[]] {
  const visible = parts.filter((part) => !hiddenParts.includes(part));
  const texts = visible.map(({ value }) => (typeof value === "string" ? value : tsxText(value)));
  const images = visible.flatMap(({ data: content }) =>
    content instanceof Uint8Array ? [Buffer.from(content).toString("base64")] : [],
  );
  return [texts.join("").replace(/\s/g, ""), images];
}
const tsxText = (value: unknown) =>
  [...JSON.stringify(value ?? "").matchAll(/"text":("(?:[^"\\]|\\.)*")/g)]
    .map(([, json]) => JSON.parse(json ?? ""))
    .join("");

function readContent(content: ChatMessage["content"]): [string, string[]] {
  const parts: readonly ChatContent[] =
    typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
  const texts = parts.map((part) => (part.type === "text" ? part.text : ""));
  const images = parts.flatMap((part) =>
    part.type === "image_url" ? [part.image_url.url.replace("data:image/png;base64,", "")] : [],
  );
  return [texts.join("").replace(/\s/g, ""), images];
}

function found(
  read: (add: (kind: "result" | "own", id: string, found: [string, string[]]) => void) => unknown[],
): Found {
  let texts = "";
  const images: string[] = [];
  const results: Record<string, unknown[]> = Object.create(null);
  const calls = read((kind, id, [said, shown]) => {
    if (kind === "result") {
      results[id] ??= [];
      results[id].push([said, shown]);
    } else {
      texts += said;
      images.push(...shown);
    }
  });
  return { texts, images, calls, results };
}

const foundInVscode = (messages: readonly LanguageModelChatRequestMessage[]) =>
  found((add) =>
    messages.flatMap((message) => {
      const parts = partsOf(message);
      for (const { callId, content } of parts) {
        if (!Array.isArray(content)) continue;
        const [said, shown] = readParts(content.filter((part) => part instanceof Object));
        add("result", String(callId), [said === "" && shown.length === 0 ? "(empty)" : said, shown]);
      }
      add("own", "", readParts(parts.filter((part) => !("callId" in part))));
      return parts.filter((part) => "input" in part).map(({ callId, name, input }) => [callId, name, input]);
    }),
  );
const foundInOpenRouter = (messages: readonly ChatMessage[]) =>
  found((add) =>
    messages.flatMap((message) => {
      add(
        message.role === "tool" ? "result" : "own",
        message.tool_call_id ?? "",
        readContent(message.content),
      );
      const calls = message.tool_calls ?? [];
      return calls.map(({ id, function: { name, arguments: json } }) => [id, name, JSON.parse(json)]);
    }),
  );

test("property: all texts, images, tool calls, and results come out, in order, by their IDs, and nothing else", () => {
  fc.assert(
    fc.property(conversation, (messages) => {
      logged.length = 0;
      const mapped = map(messages);
      assertValidMessages(mapped);
      const expected = JSON.parse(JSON.stringify(foundInVscode(messages)));
      assert.deepEqual(JSON.parse(JSON.stringify(foundInOpenRouter(mapped))), expected);
      assert.doesNotMatch(JSON.stringify(mapped) + logged.join(), leaked);
    }),
    { numRuns: 150 },
  );
});

test("property: a history that was cut anywhere is one that providers take", () => {
  fc.assert(
    fc.property(conversation, fc.nat(20), fc.nat(20), (messages, from, length) => {
      assertValidMessages(map(messages.slice(from, from + length)));
    }),
  );
});

/** Anything that has the fields of parts, with values of any type. */
const garbage = fc.oneof(
  fc.anything({ withBigInt: true, withMap: true, withTypedArray: true, withNullPrototype: true }),
  fc.record(
    Object.fromEntries(
      ["value", "callId", "name", "input", "content", "mimeType", "data", "id", "metadata", "isError"].map(
        (field) => [
          field,
          fc.oneof(
            fc.anything({ withBigInt: true, maxDepth: 1 }),
            fc.constantFrom("a", "b", "image/png", "text/plain"),
          ),
        ],
      ),
    ),
    { requiredKeys: [] },
  ),
);

test("property: nothing that another extension puts into messages throws, or makes a request that is invalid", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.tuple(
            fc.oneof(fc.integer({ min: 0, max: 4 }), fc.anything()),
            fc.oneof(fc.array(garbage), garbage),
            garbage,
          ),
          fc.anything(),
        ),
      ),
      (messages) => {
        const any = messages.map((message) =>
          Array.isArray(message) ? anyMessage(message[0] as number, message[1], message[2]) : message,
        ) as LanguageModelChatRequestMessage[];
        assertValidMessages(map(any));
      },
    ),
    { numRuns: 300 },
  );
});

test("results as deep as another extension likes", () => {
  let node: unknown = { type: 2, text: "deep" };
  for (let depth = 0; depth < 100_000; depth++) node = { type: 1, children: [node] };
  const mapped = map([assistant(toolCall("c1")), user(toolResult("c1", [{ value: { node } }]))]);
  assert.equal(mapped[1]?.content, "deep");
});
