// Beside real tokenizers: how near the estimate is, before and after it learned.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { countTokens as cl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as o200k } from "gpt-tokenizer/encoding/o200k_base";
import { countTokens as r50k } from "gpt-tokenizer/encoding/r50k_base";
import { requestFeatures } from "../../../src/models/requestFeatures";
import { TokenEstimator } from "../../../src/models/tokenEstimator";
import * as prose from "../../fakes/prose";

const read = (file: string) => readFileSync(file, "utf8");
const uiTexts = (language: string) =>
  Object.values(JSON.parse(read(`l10n/bundle.l10n.${language}.json`))).join("\n");
const code = (folder: string) =>
  readdirSync(folder)
    .map((name) => read(`${folder}/${name}`))
    .join("\n");
const part = (text: string, index: number, length = 4_000) =>
  text.slice(index * length, (index + 1) * length);

type Tokenizer = (text: string) => number;
/** Modern ones, and what those of other providers count. */
const tokenizers: Record<string, Tokenizer> = {
  o200k_base: (text) => o200k(text),
  cl100k_base: (text) => cl100k(text),
  "fewer than o200k_base": (text) => 0.8 * o200k(text),
  "more than o200k_base": (text) => 1.2 * o200k(text),
  "more than cl100k_base": (text) => 1.35 * cl100k(text),
};

/** Texts of a chat, and others to check the estimate with, which it doesn't learn from. */
const languages: Record<string, { said: string[]; unseen: string[] }> = {
  English: {
    said: [0, 1, 2].map((index) => part(read("docs/for-extension-authors.md"), index)),
    unseen: [prose.english, read("SECURITY.md")],
  },
  German: { said: [0, 1].map((index) => part(uiTexts("de"), index)), unseen: [prose.german] },
  Spanish: { said: [0].map((index) => part(uiTexts("es"), index)), unseen: [part(uiTexts("es"), 1)] },
  Japanese: {
    said: [part(uiTexts("ja"), 0, 2_500)],
    unseen: [prose.japanese, part(uiTexts("ja"), 1, 2_500)],
  },
  Chinese: { said: [part(uiTexts("zh-cn"), 0, 2_500)], unseen: [prose.chinese] },
  code: {
    said: [0, 1, 2].map((index) => part(code("src/credits"), index)),
    unseen: [code("src/sessions"), code("src/vscode/keys"), read("package.json"), read("biome.json")],
  },
};

/** As long as the one of VS Code's agent, and in English like it. */
const systemPrompt = read("CONTRIBUTING.md").slice(0, 14_500);

/** A chat whose prompts grow, as chats do, and what OpenRouter counted for each. */
function chat(estimator: TokenEstimator, said: string[], tokens: Tokenizer, answers = 3): void {
  for (let answer = 0; answer < answers; answer++) {
    const texts = [systemPrompt];
    for (let turn = 0; turn <= answer; turn++) texts.push(said[turn % said.length] ?? "");
    learn(estimator, texts, tokens);
  }
}

function learn(estimator: TokenEstimator, texts: string[], tokens: Tokenizer): void {
  const messages = texts.map((content) => ({ role: "user", content }) as const);
  const counted = texts.reduce((sum, text) => sum + tokens(text) + 4, 0);
  assert.ok(estimator.learn("a/b", requestFeatures({ model: "a/b", stream: true, messages }), counted));
}

/** Asserts that the estimate of each text is at most that part off. */
function assertNear(estimator: TokenEstimator, texts: string[], tokens: Tokenizer, most: number): void {
  for (const text of texts) {
    const ratio = estimator.count("a/b", text) / tokens(text);
    assert.ok(Math.abs(ratio - 1) <= most, `${ratio.toFixed(2)} times the tokens of ${text.slice(0, 20)}`);
  }
}

for (const [name, tokens] of Object.entries(tokenizers))
  for (const [language, { said, unseen }] of Object.entries(languages))
    test(`${name}, after three answers: within 15 % of ${language} that it never saw`, () => {
      const estimator = new TokenEstimator();
      chat(estimator, said, tokens);
      assertNear(estimator, unseen, tokens, 0.15);
    });

for (const [name, tokens] of Object.entries(tokenizers))
  test(`${name}, after a chat in each language: within 15 % of all of them`, () => {
    const estimator = new TokenEstimator();
    for (const { said } of Object.values(languages)) chat(estimator, said, tokens, 2);
    for (const { unseen } of Object.values(languages)) assertNear(estimator, unseen, tokens, 0.15);
  });

for (const name of ["o200k_base", "cl100k_base"])
  test(`${name}, before any answer: within 10 % of English and code, and 30 % of others`, () => {
    const tokens = tokenizers[name] ?? assert.fail();
    for (const [language, { unseen }] of Object.entries(languages))
      assertNear(new TokenEstimator(), unseen, tokens, /English|code/.test(language) ? 0.1 : 0.3);
  });

// Of GPT-3, which had four tokens for a Chinese character and one for each space of an indentation. No model that
// chats has one like it, but the next prompt of a chat, which is mostly the last one again, is estimated well.
for (const [language, { said }] of Object.entries(languages))
  test(`r50k_base, after three answers: within 15 % of the next prompt in ${language}`, () => {
    const tokens: Tokenizer = (text) => r50k(text);
    const estimator = new TokenEstimator();
    chat(estimator, said, tokens);
    const next = [systemPrompt, ...said, ...said, ...said].slice(0, 5).join("\n");
    assertNear(estimator, [next], tokens, 0.15);
  });
