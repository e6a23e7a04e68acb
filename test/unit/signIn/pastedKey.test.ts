import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parsePastedKey } from "../../../src/signIn/pastedKey";
import { anyText, url } from "../arbitraries";

const key = "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";
/** Of a form that only a gateway could know. */
const other = "gw_dGVzdA+/=";

const forms: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => ` ${key}\n`,
  (key) => `"${key}"`,
  (key) => `'${key}',`,
  (key) => `\u201c${key}\u201d`,
  (key) => `Bearer ${key}`,
  (key) => `bearer  ${key}`,
  (key) => `"Bearer ${key}"`,
  (key) => `Authorization: Bearer ${key}`,
  (key) => `authorization:bearer ${key}`,
  (key) => `\`${key}\`;`,
  (key) => `OPENROUTER_API_KEY=${key}`,
  (key) => `OPENROUTER_API_KEY = "${key}"`,
  (key) => `export OPENROUTER_API_KEY='${key}'`,
  (key) => `set OPENROUTER_API_KEY=${key}`,
  (key) => `setx OPENROUTER_API_KEY "${key}"`,
  (key) => `$env:OPENROUTER_API_KEY="${key}"`,
  (key) => `$env:OPENROUTER_API_KEY = "${key}";`,
  (key) => `"apiKey": "${key}",`,
  (key) => `"apiKey":"${key}"`,
  (key) => `{ "apiKey": "${key}" }`,
  (key) => ` { "apiKey": "${key}" }, `,
  (key) => `{ "apiKey" : "${key}" };`,
  (key) => `<"${key}">`,
  (key) => `apiKey: ${key}`,
  (key) => `x-api-key: ${key}`,
  (key) => `const apiKey = "${key}";`,
  (key) => `\ufeff${key.slice(0, 20)}\u200b${key.slice(20)}\u00a0`,
];
for (const form of forms) {
  const text = form("KEY");
  test(`the key in ${JSON.stringify(text)} is found`, () => {
    assert.deepEqual(parsePastedKey(form(key)), { key });
    assert.deepEqual(parsePastedKey(form(other)), { key: other });
  });
}

for (const [text, expected] of [
  [`curl https://openrouter.ai/api/v1/key -H "Authorization: Bearer ${key}"`, { key }],
  [`# .env\nHOST=x\nOPENROUTER_API_KEY=${key}\nPORT=1`, { key }],
  [`${key} ${key}`, { key }],
  [`{"apiKey":"${key}","baseURL":"https://openrouter.ai/api/v1"}`, { key }],
  [`${key} ${key.replace("0e6", "0e7")}`, "notAKey"], // which one?
  ["sk-or-v2-anything-else", { key: "sk-or-v2-anything-else" }],
  ["sk-or-v1-0e6...1c96", "maskedKey"],
  ["OPENROUTER_API_KEY=sk-or-v1-0e6\u20261c96", "maskedKey"],
  ["sk-or-v1-\u2022\u2022\u2022\u2022\u2022\u20221c96", "maskedKey"],
  ['"sk-or-v1-***"', "maskedKey"],
  ["auth_code_1234567", "codeForKey"],
  ["http://127.0.0.1:4321/callback?state=s&code=c", "codeForKey"],
  ["127.0.0.1:4321/callback?state=s&code=c", "codeForKey"],
  ["code=abcdefghij", "codeForKey"],
  ["https://openrouter.ai/keys/0e6f44a47a05", "notAKey"],
  ["openrouter.ai/settings/keys", "notAKey"],
  ["www.example.com/keys", "notAKey"],
  ["https://openrouter.ai/callback?code=", "notAKey"],
  ["//example.com/keys", "notAKey"],
  ["localhost:3000/keys", "notAKey"],
  // What looks like something else only in its middle is a key as well.
  ...["gw_www.12345", "gw+key=12345678", "gw_a*b*c123", "gw_{abcdef}", "{ab}cdefgh12", "gw_auth_code_12"].map(
    (gateways) => [gateways, { key: gateways }] as const,
  ),
  ["gw_abc\u2022def123", "notAKey"],
  ["abcdefgh\u00e4", "notAKey"],
  ["", "notAKey"],
  ["sk-or-v1-12345 67890", "notAKey"],
  [`${key.slice(0, 40)}\n${key.slice(40)}`, "notAKey"], // half of it would be told to be revoked
  ["Bearer", "notAKey"],
  ["  ", "notAKey"],
  ["a b c d e f g h", "notAKey"],
  ["I lost it...", "notAKey"],
  ["sk-or\u0007-v1-12345", "notAKey"],
  ["\u00e4".repeat(20), "notAKey"],
  [`{"id":"abcdefgh","name":"x"}`, "notAKey"],
] as const) {
  test(`${JSON.stringify(text).replaceAll(key, "KEY")} is ${typeof expected === "object" ? "a key" : expected}`, () =>
    assert.deepEqual(parsePastedKey(text), expected));
}

test("a key of any form is taken as it is, since it may be a gateway's", () => {
  // What a bearer token may be: RFC 6750, section 2.1.
  const token = fc.stringMatching(/^[\w.~+/-]{8,60}={0,2}$/);
  fc.assert(
    fc.property(token, (text) => {
      fc.pre(!/\.{3}|^auth_code_|key=|token=|^\/\/|^www\.|^openrouter\.ai|^localhost/i.test(text));
      assert.deepEqual(parsePastedKey(text), { key: text });
    }),
  );
});

test("whatever is pasted, what is sent is visible ASCII, and no address", () => {
  const text = fc.oneof(
    anyText(),
    url("https"),
    fc.constantFrom(...forms).map((form) => form("x")),
  );
  fc.assert(
    fc.property(text, text, (a, b) => {
      const parsed = parsePastedKey(a + b);
      if (typeof parsed === "string") return;
      assert.match(parsed.key, /^[\x21-\x7e]{8,}$/);
      assert.doesNotMatch(parsed.key, /^https:|["'`]/);
    }),
    { numRuns: 2000 },
  );
});
