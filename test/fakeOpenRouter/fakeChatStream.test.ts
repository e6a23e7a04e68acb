import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createParser } from "eventsource-parser";
import * as z from "zod/mini";
import type { ScriptPart } from "./chatScript";
import { type FakeOpenRouter, startFakeOpenRouter } from "./fakeOpenRouter";
import type { IssuedKey } from "./keys";
import type { ChatFault } from "./misbehaviour";
import { streamErrors } from "./streamErrors";
import { failsWith, type StreamFault, streamFaults } from "./streamFaults";

let fakeOpenRouter: FakeOpenRouter;
let key: IssuedKey;

beforeEach(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
  key = fakeOpenRouter.addKey();
});
afterEach(() => fakeOpenRouter.close());

const question = "Grüße aus 東京 🗼";
const tools = [{ type: "function", function: { name: "read_file", parameters: { type: "object" } } }];
const ask = (request: object = {}, signal?: AbortSignal) =>
  fetch(`${fakeOpenRouter.url}/api/v1/chat/completions`, {
    method: "POST",
    signal,
    headers: { authorization: `Bearer ${key.key}` },
    body: JSON.stringify({
      model: "anthropic/claude-sonnet-4.5",
      messages: [{ role: "user", content: question }],
      stream: true,
      ...request,
    }),
  });

const chunkSchema = z.looseObject({
  id: z.optional(z.string()),
  choices: z.array(
    z.looseObject({
      delta: z.nullable(z.looseObject({ content: z.nullish(z.string()) })),
      finish_reason: z.nullish(z.string()),
    }),
  ),
  usage: z.nullish(z.looseObject({ total_tokens: z.number() })),
});

/** A stream as eventsource-parser reads it, which OpenRouter's guide recommends. */
async function read(answered: Promise<Response>) {
  const response = await answered;
  const data: string[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (event) => data.push(event.data),
    onComment: (text) => comments.push(text),
  });
  const pieces: Uint8Array[] = [];
  let broken: unknown;
  try {
    for await (const piece of response.body ?? []) pieces.push(piece);
  } catch (error) {
    broken = error;
  }
  const all = Buffer.concat(pieces);
  parser.feed(new TextDecoder().decode(all));
  const done = data.at(-1) === "[DONE]";
  const chunks = () =>
    data.filter((text) => text !== "[DONE]").map((text) => chunkSchema.parse(JSON.parse(text)));
  const text = () =>
    chunks()
      .map(({ choices }) => choices[0]?.delta?.content ?? "")
      .join("");
  const finishReasons = () => chunks().flatMap(({ choices }) => choices[0]?.finish_reason ?? []);
  const usage = () => chunks().findLast((chunk) => chunk.usage)?.usage?.total_tokens;
  return { response, pieces, all, data, comments, done, broken, chunks, text, finishReasons, usage };
}

const withFault = (stream: StreamFault, rest: ChatFault = {}) =>
  fakeOpenRouter.misbehave({ chat: { stream, ...rest } });

test("a stream begins with a comment, and ends with the usage and [DONE]", async () => {
  const { response, comments, chunks, done, text, finishReasons } = await read(ask());
  assert.equal(response.headers.get("Content-Type"), "text/event-stream");
  assert.equal(response.headers.get("X-Generation-Id"), chunks()[0]?.id);
  assert.deepEqual(comments, ["OPENROUTER PROCESSING"]);
  assert.equal(text(), question);
  assert.deepEqual(finishReasons(), ["stop"]);
  assert.deepEqual(chunks().at(-1)?.choices, []);
  assert.ok(chunks().at(-1)?.usage);
  assert.ok(done);
});

describe("unusual forms mean the same", () => {
  const forms: [keyof typeof streamFaults, (seen: Awaited<ReturnType<typeof read>>) => boolean][] = [
    ["crLf", ({ all }) => all.includes("\r\n\r\n") && !/[^\r]\n/.test(all.toString())],
    ["bom", ({ all }) => all.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))],
    // The first two bytes are joined by fetch.
    ["oneByteAtATime", ({ pieces }) => pieces.slice(1).every(({ length }) => length === 1)],
    ["commentsEverywhere", ({ comments, data }) => comments.length > data.length],
    ["nullDeltas", ({ all }) => all.includes('"delta":null') && all.includes('"tool_calls":null')],
    ["manyLines", ({ all }) => all.includes("data:  ")],
    ["withoutSpace", ({ all }) => all.includes("data:{") && !all.includes("data: {")],
    ["otherFields", ({ all }) => all.includes("event: message\nid: 1\n")],
    ["unknownFields", ({ all }) => all.includes('"later"')],
    ["withoutUsage", ({ usage }) => usage() === undefined],
    ["usageInLastChoice", ({ chunks }) => chunks().at(-1)?.choices.length === 1],
  ];
  for (const [name, hasForm] of forms) {
    test(name, async () => {
      withFault(streamFaults[name]);
      const seen = await read(ask());
      assert.equal(seen.text(), question);
      assert.deepEqual(seen.finishReasons(), ["stop"]);
      assert.ok(seen.done);
      assert.ok(hasForm(seen), name);
    });
  }
});

describe("what goes wrong", () => {
  const faults: [keyof typeof streamFaults, (seen: Awaited<ReturnType<typeof read>>) => boolean][] = [
    ["emptyChoices", ({ text, chunks }) => text() === "" && chunks().length > 3],
    ["nothing", ({ text, done }) => text() === "" && done],
    ["length", ({ finishReasons }) => finishReasons()[0] === "length"],
    [
      "lengthInToolCall",
      ({ all, finishReasons }) => all.includes("tool_calls") && finishReasons()[0] === "length",
    ],
    ["contentFilter", ({ finishReasons }) => finishReasons()[0] === "content_filter"],
    ["finishReasonError", ({ finishReasons }) => finishReasons()[0] === "error"],
    ["withoutFinishReason", ({ finishReasons, done }) => finishReasons().length === 0 && done],
    ["closed", ({ text, done, broken }) => isHalf(text()) && !done && broken === undefined],
    ["reset", ({ text, done, broken }) => isHalf(text()) && !done && broken !== undefined],
    ["withoutDone", ({ text, done, broken }) => text() === question && !done && broken === undefined],
    [
      "inOnePiece",
      ({ response, all }) =>
        /json/.test(response.headers.get("Content-Type") ?? "") && !!JSON.parse(String(all)),
    ],
    ["hugeLine", ({ all }) => all.length > 5_000_000],
    ["invalidJson", ({ data }) => data.some((text) => text.endsWith('[{"del'))],
    ["notAnObject", ({ data }) => data.includes('"Hello"')],
    ["wrongTypes", ({ all }) => all.includes('"content":5')],
    ["refusal", ({ all, text }) => all.includes('"refusal":"with that."') && text() === ""],
    [
      "argumentsNotJson",
      ({ all, finishReasons }) => all.includes("nowhere") || finishReasons()[0] === "tool_calls",
    ],
    ["argumentsNotAnObject", ({ finishReasons }) => finishReasons()[0] === "tool_calls"],
    ["toolCallWithoutId", ({ all }) => all.includes('"id":"","type":"function"')],
    ["toolCallWithoutName", ({ all }) => all.includes('"name":""')],
    ["duplicateToolCallIds", ({ all }) => all.toString().match(/call_twice/g)?.length === 2],
  ];
  const isHalf = (text: string) => text.length > 0 && question.startsWith(text) && text !== question;
  for (const [name, isWrong] of faults) {
    test(name, async () => {
      withFault(streamFaults[name], { times: 1 });
      assert.ok(isWrong(await read(ask({ tools }))), name);
      assert.equal((await read(ask({ tools }))).text(), question, "only the first request");
    });
  }

  for (const name of ["stall", "stallAtOnce"] as const) {
    test(name, async () => {
      withFault(streamFaults[name]);
      const leave = new AbortController();
      const response = await ask({}, leave.signal);
      const reader = response.body?.getReader();
      assert.match(new TextDecoder().decode((await reader?.read())?.value), /OPENROUTER PROCESSING/);
      leave.abort();
      await fakeOpenRouter.chats[0]?.aborted;
    });
  }

  test("an error in an answer that comes in one piece", async () => {
    withFault(failsWith(streamErrors.provider_unavailable));
    const response = await ask({ stream: false });
    assert.equal(response.status, 200);
    const body = z.object({ choices: z.array(z.looseObject({})) }).parse(await response.json());
    assert.deepEqual(
      [body.choices[0]?.finish_reason, body.choices[0]?.error],
      [
        "error",
        {
          code: 502,
          message: "Provider disconnected mid-stream",
          metadata: { error_type: "provider_unavailable" },
        },
      ],
    );
  });

  test("pages and refusals take no part in it", async () => {
    fakeOpenRouter.misbehave({ chat: { answer: "html" } });
    assert.match(await (await ask()).text(), /<title>/);
    fakeOpenRouter.misbehave({ chat: { answer: "reset" } });
    assert.equal((await ask()).status, 500, "a stream can't go wrong like other answers: the test is told");
  });
});

describe("a script", () => {
  test("waits where the test wants", async () => {
    let goOn = () => {};
    const hold = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    fakeOpenRouter.answer({ parts: ["One ", { hold }, "two"] });
    const response = await ask();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.ok(reader);
    let seen = "";
    while (!seen.includes("One ")) seen += (await reader.read()).value;
    assert.ok(!seen.includes("two"));
    goOn();
    for (let next = await reader.read(); !next.done; next = await reader.read()) seen += next.value;
    assert.ok(seen.includes("two"));
    await fakeOpenRouter.chats[0]?.finished;
  });

  test("knows when the client leaves, and what was said until then is paid", async () => {
    fakeOpenRouter.answer({ parts: ["One ", { hold: new Promise(() => {}) }, "two ".repeat(1000)] });
    const leave = new AbortController();
    const response = await ask({}, leave.signal);
    const reader = response.body?.getReader();
    for (let seen = ""; !seen.includes("One "); )
      seen += Buffer.from((await reader?.read())?.value ?? []).toString();
    assert.equal(key.usage, 0);
    leave.abort();
    await fakeOpenRouter.chats[0]?.aborted;
    assert.ok(key.usage > 0 && key.usage < 0.001);
  });

  test("stops when the client leaves while it speaks", async () => {
    fakeOpenRouter.answer({ parts: [{ text: Array.from({ length: 100_000 }, () => "word ") }] });
    const leave = new AbortController();
    const response = await ask({}, leave.signal);
    await response.body?.getReader().read();
    leave.abort();
    await fakeOpenRouter.chats[0]?.aborted;
    assert.ok(key.usage < 0.5, "far less than all");
  });

  test("is asked what to say", async () => {
    fakeOpenRouter.answer(
      ({ messages }) => ({ parts: [`${messages.length} message`], model: "openai/gpt-5.1" }),
      { parts: ["second"] },
    );
    const first = await read(ask({ session_id: "a", provider: { zdr: true } }));
    assert.equal(first.text(), "1 message");
    assert.equal(first.chunks()[0]?.model, "openai/gpt-5.1");
    assert.equal((await read(ask())).text(), "second");
    assert.equal((await read(ask())).text(), "second", "the last script answers all others");
    fakeOpenRouter.answer();
    assert.equal((await read(ask())).text(), question);
    const [recorded] = fakeOpenRouter.chats;
    assert.deepEqual([recorded?.body.session_id, recorded?.body.provider], ["a", { zdr: true }]);
    assert.equal(recorded?.headers.authorization, `Bearer ${key.key}`);
  });

  test("says everything that a stream can hold", async () => {
    const parts: ScriptPart[] = [
      { comment: "hello" },
      { delta: { content: "a" } },
      { chunk: { choices: [] } },
      { raw: ": raw\n\n" },
      { text: ["b", "c"] },
    ];
    fakeOpenRouter.answer({ parts, finishReason: "length", usage: { total_tokens: 7 } });
    const { comments, text, finishReasons, usage } = await read(ask());
    assert.deepEqual(comments, ["OPENROUTER PROCESSING", "hello", "raw"]);
    assert.equal(text(), "abc");
    assert.deepEqual(finishReasons(), ["length"]);
    assert.equal(usage(), 7);
  });

  test("by default calls a tool, if it is told to", async () => {
    const content = '<context>much</context><userRequest>\ncall read_file {"path": "a"}\n</userRequest>';
    const messages = [{ role: "user", content }];
    const { finishReasons, all } = await read(ask({ tools, messages }));
    assert.deepEqual(finishReasons(), ["tool_calls"]);
    const id = /"id":"(toolu_[^"]+)"/.exec(all.toString())?.[1];
    const call = { id, type: "function", function: { name: "read_file", arguments: '{"path": "a"}' } };
    const history = [
      ...messages,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: id, content: "42" },
    ];
    assert.match((await read(ask({ tools, messages: history }))).text(), /42$/);
    assert.match(
      (await read(ask({ messages }))).text(),
      /^call read_file/,
      "without the tool it is repeated",
    );
  });
});
