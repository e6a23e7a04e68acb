import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
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
  // Without its scheme, or in part
  ["127.0.0.1:4321/callback?state=s&code=c", { code: "c", state: "s" }],
  ["//localhost:4321/callback?state=s&code=c%2B#", { code: "c+", state: "s" }],
  ["code.example.com/callback?vscode-query=state%3Ds&code=c", { code: "c", state: "s" }],
  ["?state=s&code=c", { code: "c", state: "s" }],
  ["code=c", { code: "c", state: undefined }],
  ["code=c&state=s", { code: "c", state: "s" }],
  // With more than the code
  ['"auth_code_1"', { code: "auth_code_1", state: undefined }],
  ["\u201cauth_code_1\u201d,", { code: "auth_code_1", state: undefined }],
  ["`code=c`", { code: "c", state: undefined }],
  ["<http://127.0.0.1:1/callback?state=s&code=c>", { code: "c", state: "s" }],
  ["Code: auth_code_1", { code: "auth_code_1", state: undefined }],
  ['"code": "auth_code_1"', { code: "auth_code_1", state: undefined }],
  ["\ufeffauth\u200b_co\u00adde_1\u00a0\u2060", { code: "auth_code_1", state: undefined }],
  ["\u200bcode=c\u200b", { code: "c", state: undefined }],
  ["\u202ahttps://example.com/callback?state=s&code=c\u202c", { code: "c", state: "s" }],
  [`code=${"c".repeat(2048)}`, { code: "c".repeat(2048), state: undefined }],
  // A denial, as OpenRouter was seen to tell it, and as RFC 6749 does
  ["http://127.0.0.1:1/callback?state=s", "denied"],
  ["code.example.com/callback?vscode-reqid=1&vscode-query=state%3Ds", "denied"],
  ["https://example.com/?error=access_denied&state=s", "denied"],
  ["https://example.com/?error=server_error&state=s", "refused"],
  // Neither
  ["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", "keyForCode"],
  ["OPENROUTER_API_KEY=sk-or-v1-0e6f44", "keyForCode"],
  ["sk-or-v1-0e6...1c96", "keyForCode"],
  ["https://openrouter.ai/auth?code_challenge=x", "notACode"],
  ["openrouter.ai/auth", "notACode"],
  ["127.0.0.1:4321/callback", "notACode"],
  ["http://127.0.0.1:1/callback?code=&state=s", "notACode"],
  ["http://127.0.0.1:1/callback?code=c&code=d&state=s", "notACode"],
  ["http://127.0.0.1:1/callback?code=c&state=s&state=t", "notACode"],
  ["http://127.0.0.1:1/callback?code=c&state=s&error=e", "notACode"],
  [`code=${"c".repeat(2049)}`, "notACode"],
  ["c".repeat(2049), "notACode"],
  ["https://", "notACode"],
  ["", "notACode"],
  [" \u200b ", "notACode"],
  ["two words", "notACode"],
  ["code=c and more", "notACode"],
  ["auth_code\u2026", "notACode"],
  ["\u0007code", "notACode"],
] as const) {
  test(`"${text.slice(0, 80)}" is ${typeof expected === "object" ? "a code" : expected}`, () =>
    assert.deepEqual(parsePastedCode(text), expected));
}

/** Characters that can't be seen, and spaces that can't be told apart. */
const invisible = fc.string({
  unit: fc.constantFrom("\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e"),
  maxLength: 3,
});
const aroundIt = fc.string({
  unit: fc.constantFrom(" ", "\u00a0", "\n", "\u200b", '"', "'", "`"),
  maxLength: 3,
});

test("a code is found in whatever form of the callback URL, and whatever is around it", () => {
  const token = fc.stringMatching(/^[\w~.-]{1,40}$/).filter((text) => !text.includes("sk-or-v"));
  const origin = fc.constantFrom(
    "https://h.example",
    "h.example",
    "//127.0.0.1:1",
    "http://127.0.0.1:1",
    "vscode://a.b",
  );
  fc.assert(
    fc.property(
      token,
      token,
      origin,
      aroundIt,
      invisible,
      aroundIt,
      (code, state, start, before, within, after) => {
        const url = `${start}/callback?state=${state}&co${within}de=${code}`;
        assert.deepEqual(parsePastedCode(before + url + after), { code, state });
      },
    ),
  );
});

test("no code with anything but visible ASCII, and no key, is exchanged as it stands", () => {
  const text = fc.oneof(
    anyText(),
    fc.string({
      unit: fc.constantFrom("sk-or-v1-", "a", "code=", "&", "?", " ", "\u200b", "\u2026", '"', "://"),
    }),
  );
  fc.assert(
    fc.property(text, (pasted) => {
      const parsed = parsePastedCode(pasted);
      if (typeof parsed === "string") return;
      assert.match(parsed.code, /^[\x21-\x7e]+$/);
      assert.doesNotMatch(parsed.code, /^sk-or-v1-/);
    }),
    { numRuns: 2000 },
  );
});

test("no pasted text makes the parser throw", () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), url("http"), url("https")), (pasted) => void parsePastedCode(pasted)),
  );
});
