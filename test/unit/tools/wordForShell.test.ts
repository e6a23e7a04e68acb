import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { wordForShell } from "../../../src/tools/wordForShell";
import { anyText } from "../arbitraries";
import { shellWords } from "./shellWords";

test("only what a shell could take for something else is quoted", () => {
  for (const plain of [
    "codex",
    "openai/gpt-5.1",
    "qwen/qwen3-coder:free",
    "a=https://openrouter.ai/api/v1",
    "-m",
  ]) {
    assert.equal(wordForShell(plain), plain);
  }
  for (const [text, word] of [
    ["", "''"],
    ["a b", "'a b'"],
    ["~anthropic/latest", "'~anthropic/latest'"],
    ["@preset/coding", "'@preset/coding'"],
    ["it's", "'it'\\''s'"],
    ["=ls", "'=ls'"], // zsh's path of ls
    ["a\nb", "'a\nb'"],
  ] as const) {
    assert.equal(wordForShell(text), word);
  }
});

test("any text is one word, and the same text", () => {
  fc.assert(
    fc.property(fc.array(anyText()), (texts) => {
      assert.deepEqual(shellWords(texts.map(wordForShell).join(" ")), texts);
    }),
  );
});

test("sh reads them so, too", { skip: process.platform === "win32" && "there is no sh" }, () => {
  const text = fc.string({ unit: fc.constantFrom(..."a'\"\\$`!*?[]{}()<>|&;#~=% \n\té") });
  const texts = fc.sample(text, 500);
  const command = `printf '%s\\0' ${texts.map(wordForShell).join(" ")}`;
  const printed = execFileSync("sh", ["-c", command], { encoding: "utf8" });
  assert.deepEqual(printed.split("\0").slice(0, -1), texts);
});
