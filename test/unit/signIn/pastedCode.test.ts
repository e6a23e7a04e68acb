import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normalizeApiKey } from "../../../src/openrouter/apiKey";
import { parsePastedCode } from "../../../src/signIn/pastedCode";
import { anyText, url } from "../arbitraries";

for (const [text, expected] of [
  ["auth_code_1", { code: "auth_code_1", state: undefined }],
  ["  auth_code_1\n", { code: "auth_code_1", state: undefined }],
  ["a+/=&?#%", { code: "a+/=&?#%", state: undefined }],
  ["vscode://p.n/callback?state=s&code=c%2B", { code: "c+", state: "s" }],
  ["http://127.0.0.1:4321/callback?state=s&code=c", { code: "c", state: "s" }],
  [
    "https://code.example.com/callback?vscode-reqid=1&vscode-query=state%3Ds&code=c",
    { code: "c", state: "s" },
  ],
  ["e=://x", { code: "e=://x", state: undefined }],
  ["4a://b", { code: "4a://b", state: undefined }], // a scheme can't begin with a digit
  ["https://example.com/done?code=c", { code: "c", state: undefined }],
  ["https://openrouter.ai/auth?code_challenge=x", undefined],
  ["https://example.com/?error=access_denied&state=s", undefined],
  ["https://", undefined],
  ["", undefined],
  ["   ", undefined],
  ["two words", undefined],
] as const) {
  test(`"${text}" is ${expected ? "a code" : "not a code"}`, () =>
    assert.deepEqual(parsePastedCode(text), expected));
}

test("no pasted text makes the parser throw", () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), url("http"), url("https")), (pasted) => void parsePastedCode(pasted)),
  );
});

const key = "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";
for (const text of [
  key,
  ` ${key}\n`,
  `"${key}"`,
  `'${key}',`,
  `Bearer ${key}`,
  `bearer  ${key}`,
  `"Bearer ${key}"`,
  `Authorization: Bearer ${key}`,
  `authorization:bearer ${key}`,
  `\`${key}\`;`,
]) {
  test(`the key in ${text.replace(key, "KEY")} is found`, () => assert.equal(normalizeApiKey(text), key));
}
for (const text of [
  "",
  "sk-or-v1-12345 67890",
  "Bearer",
  "  ",
  "a b c d e f g h",
  "sk-or\u0007-v1-12345",
  "\u00e4".repeat(20),
]) {
  test(`no key is found in ${JSON.stringify(text)}`, () => assert.equal(normalizeApiKey(text), undefined));
}
