import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Callback, parseCallback } from "../../../src/openrouter/callback";

const parse = (query: string) => parseCallback({ path: "/callback", query });

for (const [query, expected] of [
  ["code=c&state=s", { kind: "code", code: "c", state: "s" }],
  ["state=s&windowId=1&code=c", { kind: "code", code: "c", state: "s" }],
  ["code=a%2Bb%2Fc%3D&state=s", { kind: "code", code: "a+b/c=", state: "s" }], // a browser's URI handler
  ["code=a+b/c=&state=s", { kind: "code", code: "a+b/c=", state: "s" }], // the desktop's, decoded already
  ["code=a%2B+b&state=s", { kind: "code", code: "a+ b", state: "s" }],
  ["code=%ff&state=s", { kind: "code", code: "%ff", state: "s" }], // no UTF-8: not encoded either
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
  ["code&code=c&state=s", { kind: "malformed" }],
  [`code=${"c".repeat(2048)}&state=s`, { kind: "code", code: "c".repeat(2048), state: "s" }],
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

test("of a million hostile callbacks none throws, and each is what it was built as", () => {
  const count = 1_000_000;
  const random = seeded(7);
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
  const seen = { code: 0, denied: 0, malformed: 0, foreign: 0 };
  for (let n = 0; n < count; n++) {
    const parts: string[] = [];
    const values: Record<string, string[]> = { code: [], state: [], error: [] };
    for (const [name, given] of Object.entries(values)) {
      for (let left = pick(howOften); left > 0; left--) {
        const value = pick(random() < 0.005 ? hugeValues : hostileValues);
        given.push(value);
        parts.push(
          value === "" && random() < 0.5 ? name : `${name}=${random() < 0.5 ? written(value) : value}`,
        );
      }
    }
    for (let left = pick([0, 0, 1, 2]); left > 0; left--) {
      parts.splice(Math.floor(random() * (parts.length + 1)), 0, pick(lookalikes));
    }
    const path = random() < 0.95 ? "/callback" : pick(otherPaths);
    const expected = builtAs(path, values);
    const query = parts.join("&");
    const callback = parseCallback({ path, query });
    if (!same(callback, expected)) assert.deepEqual(callback, expected, `${path}?${query}`);
    seen[expected.kind]++;
  }
  console.log(`Hostile callbacks: ${count} parsed: ${JSON.stringify(seen)}`);
  for (const [kind, times] of Object.entries(seen)) assert.ok(times > count / 50, `hardly any is ${kind}`);
});

/** What a callback with these values has to be: a code has one code, one state, no error, and all of use. */
function builtAs(path: string, { code = [], state = [], error = [] }: Record<string, string[]>): Callback {
  if (path !== "/callback") return { kind: "foreign" };
  for (const given of [code, state, error]) {
    if (given.length > 1 || given.some((value) => value === "" || value.length > 2048)) {
      return { kind: "malformed" };
    }
  }
  const [onlyCode, onlyState, onlyError] = [code[0], state[0], error[0]];
  if (onlyCode !== undefined && onlyState !== undefined && onlyError === undefined) {
    return { kind: "code", code: onlyCode, state: onlyState };
  }
  if (onlyCode === undefined && onlyError !== undefined) {
    return { kind: "denied", error: onlyError, state: onlyState };
  }
  return { kind: "malformed" };
}

/** Cheaper than a deep comparison, a million times: both are flat. */
const same = (a: Callback, b: Callback) => JSON.stringify(a) === JSON.stringify(b);

const howOften = [0, 0, 0, 1, 1, 1, 1, 1, 1, 2];
/** None holds what separates parameters, or looks encoded: those are written only, below. */
const hostileValues = [
  ...["c", "a-code_that.is~fine", "a+b/c=", "100%", "%", "%zz", "%u0041", "=", "==code", "code=x", "?code=x"],
  ...["#code=x", ";code=x", "access_denied", "server_error", "../../callback", "javascript:alert(1)"],
  ...["__proto__", "constructor", "toString", "[object Object]", "null", "undefined", "0", "-1", "NaN"],
  ...[
    "\0",
    "\n",
    "\r\nSet-Cookie: a=b",
    "\u202e",
    "\ufeff",
    "\u{1f511}",
    "e\u0301",
    "' OR 1=1 --",
    "<script>",
  ],
  ...["", "", "$(id)", "`id`", "{{7*7}}"],
];
const hugeValues = ["c".repeat(2048), "c".repeat(2049), "\u{1f511}".repeat(1025)];
const written = (() => {
  const encoded = new Map(
    [...hostileValues, ...hugeValues].map((value) => [value, encodeURIComponent(value)]),
  );
  return (value: string) => encoded.get(value) ?? value;
})();
/** Parameters that are none of ours, as much as they look it. */
const lookalikes = [
  ...[
    "",
    "=",
    "=code",
    "Code=c",
    "CODE=c",
    "code =c",
    " code=c",
    "codes=c",
    "xcode=c",
    "my_code=c",
    "code[]=c",
  ],
  ...["c%6Fde=c", "%63ode=c", "code%3Dc", "code%00=c", "c\u043ede=c", "\ufeffcode=c", "State=s", "state.x=s"],
  ...[
    "error_description=No",
    "errors=e",
    "windowId=1",
    "iss=https://attacker.example",
    "__proto__=x",
    "%",
    "\ud800",
  ],
];
const otherPaths = [
  "",
  "/",
  "callback",
  "/callback/",
  "//callback",
  "/Callback",
  "/callback%2f",
  "/x/callback",
];

/** The same numbers each time, and cheap (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
