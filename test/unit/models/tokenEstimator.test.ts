import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { LanguageModelChatRequestMessage } from "vscode";
import { requestFeatures } from "../../../src/models/requestFeatures";
import { sum, textFeatures } from "../../../src/models/textFeatures";
import { TokenEstimator } from "../../../src/models/tokenEstimator";
import type { ChatBody, ChatMessage } from "../../../src/openrouter/chat";
import {
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
import { english, german } from "../../fakes/prose";
import { anyText } from "../arbitraries";

const request = (...messages: ChatMessage[]): ChatBody => ({ model: "a/b", stream: true, messages });
const asked = (content: ChatMessage["content"]) => requestFeatures(request({ role: "user", content }));
const longEnglish = asked(english.repeat(5)) ?? assert.fail();
/** What the estimate is before anything was learned. */
const usual = sum(longEnglish);
const count = (estimator: TokenEstimator, model = "a/b") => estimator.count(model, english);
const before = count(new TokenEstimator());

/** An estimator of a model with so many times the usual tokens. */
function learned(factor: number, model = "a/b") {
  const estimator = new TokenEstimator();
  for (let i = 0; i < 5; i++) assert.ok(estimator.learn(model, longEnglish, Math.round(usual * factor)));
  return estimator;
}

test("it finds what is true of a model, whether it makes fewer tokens than usual or more than twice as many", () => {
  for (const factor of [0.6, 0.8, 1, 1.5, 2, 2.5]) {
    const ratio = count(learned(factor)) / before / factor;
    assert.ok(Math.abs(ratio - 1) < 0.05, `${factor}: ${ratio}`);
  }
});

test("each model has its own, which its variants share", () => {
  const estimator = learned(2, "a/b:free");
  assert.ok(count(estimator, "a/b") > 1.8 * before);
  assert.equal(count(estimator, "a/b:nitro"), count(estimator, "a/b"));
  assert.equal(count(estimator, "a/c"), before);
  assert.equal(count(estimator, "a:1/b"), before);
});

test("Claude has more tokens than others from the first, until it is known better", () => {
  const estimator = new TokenEstimator();
  for (const model of ["anthropic/claude-sonnet-5", "~anthropic/claude-sonnet-latest"])
    assert.ok(Math.abs(count(estimator, model) / before - 1.2) < 0.01);
  assert.equal(count(estimator, "x/anthropic/"), before);
  for (let i = 0; i < 5; i++) estimator.learn("anthropic/claude-sonnet-5", longEnglish, usual);
  assert.ok(Math.abs(count(estimator, "anthropic/claude-sonnet-5") / before - 1) < 0.05);
});

for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e12, 1, usual / 10, usual * 4])
  test(`a count of ${Math.round(wrong)} for ${Math.round(usual)} teaches nothing`, () => {
    const estimator = learned(1.5);
    const state = JSON.stringify(estimator);
    assert.equal(estimator.learn("a/b", longEnglish, wrong), false);
    assert.equal(JSON.stringify(estimator), state);
  });

test("what a provider adds to a short prompt teaches nothing", () => {
  const estimator = new TokenEstimator();
  const short = asked("Make a title for this chat.");
  assert.equal(estimator.learn("a/b", short, sum(short ?? assert.fail()) + 20), false);
  assert.deepEqual(estimator.toJSON(), {});
});

test("one count that is wrong, though it could be right, changes little", () => {
  for (const wrong of [0.5, 2, 3]) {
    const estimator = learned(1);
    estimator.learn("a/b", longEnglish, usual * wrong);
    assert.ok(Math.abs(count(estimator) / before - 1) < 0.15, String(count(estimator) / before));
  }
});

test("images teach nothing, since nobody knows what they count", () => {
  const url = "data:image/png;base64,";
  const withImage = asked([
    { type: "text", text: english },
    { type: "image_url", image_url: { url } },
  ]);
  assert.equal(withImage, undefined);
  assert.equal(new TokenEstimator().learn("a/b", withImage, 5_000), false);
});

test("all that is sent as text counts", () => {
  const size = (body: ChatBody) => sum(requestFeatures(body) ?? assert.fail());
  const base = size(request({ role: "assistant", content: null }));
  const one = sum(textFeatures(english));
  const call = { id: "c", type: "function", function: { name: "", arguments: english } } as const;
  const tool = { type: "function", function: { name: "", parameters: { description: english } } } as const;
  for (const [body, least] of [
    [request({ role: "user", content: english }), one],
    [request({ role: "user", content: [{ type: "text", text: english }] }), one],
    [
      request({ role: "user", content: english }, { role: "user", content: german }),
      one + sum(textFeatures(german)),
    ],
    [request({ role: "assistant", content: null, tool_calls: [call] }), one],
    [request({ role: "assistant", content: null, reasoning: english }), one],
    [
      request({
        role: "assistant",
        content: null,
        reasoning: "the same again",
        reasoning_details: [
          { type: "reasoning.summary", summary: english },
          { type: "reasoning.encrypted", data: english },
        ],
      }),
      one,
    ],
    [{ ...request({ role: "user", content: "" }), tools: [tool] }, one],
  ] as [ChatBody, number][]) {
    const more = size(body) - base;
    assert.ok(more > least * 0.99 && more < least * 1.15, `${more} of ${least}`);
  }
});

test("how a provider writes tools says nothing about texts", () => {
  const tool = {
    type: "function",
    function: { name: "t", parameters: { description: english.repeat(5) } },
  } as const;
  const features = requestFeatures({ ...request(), tools: [tool] }) ?? assert.fail();
  const together = new TokenEstimator();
  for (let i = 0; i < 20; i++) {
    together.learn("a/b", features, sum(features) * 2);
    together.learn("a/b", longEnglish, usual);
  }
  assert.ok(Math.abs(count(together) / before - 1) < 0.05);
});

for (const [name, message, texts] of [
  ["a text", user(text(english)), [english]],
  ["several", system(text(english), text(german)), [english, german]],
  ["thinking", assistant(thinking([english, german])), [english, german]],
  ["a tool call", assistant(toolCall("c", "t", { text: english })), [english]],
  ["a result", user(toolResult("c", [text(english), promptTsx(german)])), [english, german]],
  ["data that is text", user(data("text/plain", english)), [english]],
  ["the chat's notes", user(text(english), data("cache_control", german), data("usage", german)), [english]],
] as [string, LanguageModelChatRequestMessage, string[]][])
  test(`a message counts as its texts, and a little more: ${name}`, () => {
    const estimator = new TokenEstimator();
    const least = texts.reduce((tokens, each) => tokens + sum(textFeatures(each)), 0);
    const counted = estimator.count("a/b", message);
    assert.ok(counted > least && counted < least + 30, `${counted} of ${least}`);
  });

test("an image counts the same, however large it is", () => {
  const estimator = new TokenEstimator();
  const image = (size: number) => estimator.count("a/b", user(data("image/png", new Uint8Array(size))));
  assert.equal(image(1), image(1_000_000));
  assert.ok(image(1) >= 1_000 && image(1) < 1_100);
  assert.ok(estimator.count("a/b", user(toolResult("c", [data("image/png", new Uint8Array(1))]))) >= 1_000);
});

test("what was learned is kept as little JSON, and read again", () => {
  const estimator = learned(1.7);
  const json = JSON.stringify(estimator);
  const again = new TokenEstimator(JSON.parse(json));
  assert.equal(JSON.stringify(again), json);
  assert.ok(Math.abs(count(again) - count(estimator)) <= 1);
  assert.ok(json.length < 500, String(json.length));
});

test("it remembers the thirty models last learned of", () => {
  const estimator = new TokenEstimator();
  const learn = (n: number) => estimator.learn(`a/${n}`, longEnglish, usual);
  for (let n = 0; n < 30; n++) learn(n);
  learn(0);
  learn(30);
  const kept = Object.keys(estimator.toJSON());
  assert.equal(kept.length, 30);
  assert.deepEqual(kept.slice(-2), ["a/0", "a/30"]);
  assert.ok(!kept.includes("a/1"));
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`a/${n}`, estimator.toJSON()["a/0"]]),
  );
  assert.equal(Object.keys(new TokenEstimator(many).toJSON()).length, 30);
});

const good = learned(1.7).toJSON()["a/b"] ?? assert.fail();
for (const state of [
  undefined,
  null,
  "state",
  [],
  { "a/b": null },
  { "a/b": good.slice(1) },
  { "a/b": [...good, 1] },
  { "a/b": ["1", ...good.slice(1)] },
  { "a/b": [null, ...good.slice(1)] },
  { "a/b": [1e9, ...good.slice(1)] },
])
  test(`a state that isn't ours is left out: ${JSON.stringify(state)?.slice(0, 40)}`, () => {
    const estimator = new TokenEstimator(state);
    assert.deepEqual(estimator.toJSON(), {});
    assert.equal(count(estimator), before);
  });

test("digits count by threes, and white space once", () => {
  const tokens = (string: string) => sum(textFeatures(string));
  assert.equal(tokens("12"), tokens("123"));
  assert.equal(tokens("1234"), 2 * tokens("123"));
  assert.equal(tokens("a b"), tokens("a") + tokens("b"));
  assert.equal(tokens("a  b"), tokens("a\n\n\tb"));
  assert.ok(tokens("a  b") > tokens("a b"));
});

test("property: any text counts as a whole number, at most a few for each character", () => {
  const estimator = new TokenEstimator();
  const strings = fc.oneof(
    anyText(),
    fc.string({ unit: "grapheme" }).map((each) => each.slice(1)),
  );
  fc.assert(
    fc.property(strings, (string) => {
      const tokens = estimator.count("a/b", string);
      assert.ok(Number.isInteger(tokens) && tokens >= 0 && tokens <= 3 * string.length);
      assert.equal(tokens === 0, sum(textFeatures(string)) === 0);
    }),
  );
});

test("property: whatever it is told, it stays between half and three times the usual, and goes on learning", () => {
  const counts = fc.array(fc.oneof(fc.double(), fc.double({ min: 0.1, max: 5 })), { maxLength: 40 });
  fc.assert(
    fc.property(counts, (factors) => {
      const estimator = new TokenEstimator();
      for (const factor of factors) estimator.learn("a/b", longEnglish, usual * factor);
      const ratio = count(estimator) / before;
      assert.ok(ratio >= 0.49 && ratio <= 3.01, String(ratio));
      for (let i = 0; i < 40; i++) estimator.learn("a/b", longEnglish, usual * 1.3);
      assert.ok(Math.abs(count(estimator) / before - 1.3) < 0.1, String(count(estimator) / before));
    }),
  );
});

test("property: a message of anything is counted without throwing", () => {
  const estimator = new TokenEstimator();
  const message = fc.oneof(
    fc.anything(),
    fc.record({ role: fc.anything(), content: fc.array(fc.anything()) }),
  );
  fc.assert(
    fc.property(message, (any) => {
      const tokens = estimator.count("a/b", any as LanguageModelChatRequestMessage);
      assert.ok(Number.isInteger(tokens) && tokens >= 0);
    }),
  );
});

test("results within results don't count, since they aren't sent", () => {
  let content: unknown[] = [text(english)];
  for (let depth = 0; depth < 10_000; depth++) content = [toolResult("c", content)];
  assert.ok(new TokenEstimator().count("a/b", user(...content)) < 30);
});
