import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCallback } from "../../src/openrouter/callback";

const parse = (query: string) => parseCallback({ path: "/callback", query });

for (const [query, expected] of [
  ["code=c&state=s", { kind: "code", code: "c", state: "s" }],
  ["state=s&windowId=1&code=c", { kind: "code", code: "c", state: "s" }],
  ["code=a%2Bb%2Fc%3D&state=s", { kind: "code", code: "a+b/c=", state: "s" }], // a browser's URI handler
  ["code=a+b/c=&state=s", { kind: "code", code: "a+b/c=", state: "s" }], // the desktop's, decoded already
  ["code=a%2B+b&state=s", { kind: "code", code: "a+ b", state: "s" }],
  ["code=100%&state=s", { kind: "code", code: "100%", state: "s" }],
  [
    "error=access_denied&error_description=No&state=s",
    { kind: "denied", error: "access_denied", state: "s" },
  ],
  ["error=access_denied", { kind: "denied", error: "access_denied", state: undefined }],
  ["error=server_error&state=s", { kind: "denied", error: "server_error", state: "s" }],
  ["", { kind: "malformed" }],
  ["code=c", { kind: "malformed" }],
  ["state=s", { kind: "malformed" }],
  ["code=&state=s", { kind: "malformed" }],
  ["code=c&state=", { kind: "malformed" }],
  ["code=c&state=s&error=access_denied", { kind: "malformed" }],
  ["code=c&code=d&state=s", { kind: "malformed" }],
  ["code=c&state=s&state=t", { kind: "malformed" }],
  ["error=a&error=b", { kind: "malformed" }],
  [`code=${"c".repeat(2049)}&state=s`, { kind: "malformed" }],
  [`code=c&state=${"s".repeat(1_000_000)}`, { kind: "malformed" }],
  ["xcode=c&my_state=s", { kind: "malformed" }],
] as const) {
  test(`callback ?${query.slice(0, 60)} is ${expected.kind}`, () => assert.deepEqual(parse(query), expected));
}

test("another path is not a callback, whatever it carries", () => {
  for (const path of ["", "/", "/callback/", "/callback2", "/Callback", "callback"]) {
    assert.deepEqual(parseCallback({ path, query: "code=c&state=s" }), { kind: "foreign" });
  }
});

test("whatever OpenRouter adds, code and state come through, encoded or not", () => {
  const token = fc
    .string({ minLength: 1, maxLength: 60, unit: "binary" })
    .filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(token, token, fc.webQueryParameters(), (code, state, more) => {
      fc.pre(!/(^|&)(code|state|error)(=|&|$)/.test(more));
      const query = `${more}&state=${encodeURIComponent(state)}&code=${encodeURIComponent(code)}`;
      assert.deepEqual(parse(query), { kind: "code", code, state });
    }),
  );
});

test("no query makes it throw", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("code=", "state=", "error=", "&", "%", "%zz", "="),
  );
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join("")),
      (query) => {
        assert.match(parse(query).kind, /^(code|denied|malformed)$/);
      },
    ),
    { numRuns: 2000 },
  );
});
