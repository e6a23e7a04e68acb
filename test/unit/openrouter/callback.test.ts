import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Callback, parseCallback } from "../../../src/openrouter/callback";
import { anyText, urlQuery } from "../arbitraries";

const parse = (query: string) => parseCallback({ path: "/callback", query });

for (const [query, expected] of [
  ["code=c&state=s", { kind: "code", code: "c", state: "s" }],
  ["state=s&windowId=1&code=c", { kind: "code", code: "c", state: "s" }],
  ["code=a%2Bb%2Fc%3D&state=s", { kind: "code", code: "a+b/c=", state: "s" }], // a browser's URI handler
  ["code=a+b/c=&state=s", { kind: "code", code: "a+b/c=", state: "s" }], // the desktop's, already decoded
  ["code=a%2B+b&state=s", { kind: "code", code: "a+ b", state: "s" }],
  ["code=%ff&state=s", { kind: "code", code: "%ff", state: "s" }], // not UTF-8, so not URL-encoded either
  ["code=100%&state=s", { kind: "code", code: "100%", state: "s" }],
  [
    "error=access_denied&error_description=No&state=s",
    { kind: "denied", error: "access_denied", state: "s" },
  ],
  ["error=access_denied", { kind: "denied", error: "access_denied", state: undefined }],
  ["error=server_error&state=s", { kind: "denied", error: "server_error", state: "s" }],
  ["", { kind: "malformed" }],
  ["code=c", { kind: "malformed" }],
  ["state=s", { kind: "denied", error: "access_denied", state: "s" }], // as OpenRouter was seen to say it
  ["windowId=1&state=s&code", { kind: "malformed" }],
  ["windowId=1", { kind: "malformed" }],
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

test("another path is not a callback, whatever its query", () => {
  for (const path of ["", "/", "/callback/", "/callback2", "/Callback", "callback"]) {
    assert.deepEqual(parseCallback({ path, query: "code=c&state=s" }), { kind: "foreign" });
  }
});

test("code and state are found, whatever else is in the query", () => {
  const value = anyText({ minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(value, value, urlQuery, (code, state, more) => {
      fc.pre(!/(^|&)(code|state|error)(=|&|$)/.test(more));
      const query = `${more}&state=${encodeURIComponent(state)}&code=${encodeURIComponent(code)}`;
      assert.deepEqual(parse(query), { kind: "code", code, state });
    }),
  );
});

test("no query makes the parser throw", () => {
  const part = fc.oneof(anyText(), fc.constantFrom("code=", "state=", "error=", "&", "%", "%zz", "="));
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

test("a million hostile callbacks: none throws, and each gets the expected kind", () => {
  const count = 1_000_000;
  const random = seeded(7);
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
  const counts = { code: 0, denied: 0, malformed: 0, foreign: 0 };
  for (let n = 0; n < count; n++) {
    const parts: string[] = [];
    const values: Record<string, string[]> = { code: [], state: [], error: [] };
    for (const [name, valuesOfName] of Object.entries(values)) {
      for (let left = pick(repetitions); left > 0; left--) {
        const value = pick(random() < 0.005 ? hugeValues : hostileValues);
        valuesOfName.push(value);
        parts.push(
          value === "" && random() < 0.5 ? name : `${name}=${random() < 0.5 ? encoded(value) : value}`,
        );
      }
    }
    for (let left = pick([0, 0, 1, 2]); left > 0; left--) {
      parts.splice(Math.floor(random() * (parts.length + 1)), 0, pick(lookalikes));
    }
    const path = random() < 0.95 ? "/callback" : pick(otherPaths);
    const expected = expectedCallback(path, values);
    const query = parts.join("&");
    const callback = parseCallback({ path, query });
    if (!isSame(callback, expected)) assert.deepEqual(callback, expected, `${path}?${query}`);
    counts[expected.kind]++;
  }
  console.log(`Hostile callbacks: ${count} parsed: ${JSON.stringify(counts)}`);
  for (const [kind, n] of Object.entries(counts)) assert.ok(n > count / 50, `too few are ${kind}`);
});

/** The result for these values. A "code" callback has exactly one code and one state, both valid, and no error. */
function expectedCallback(
  path: string,
  { code = [], state = [], error = [] }: Record<string, string[]>,
): Callback {
  if (path !== "/callback") return { kind: "foreign" };
  for (const list of [code, state, error]) {
    if (list.length > 1 || list.some((value) => value === "" || value.length > 2048)) {
      return { kind: "malformed" };
    }
  }
  const [onlyCode, onlyState, onlyError] = [code[0], state[0], error[0]];
  if (onlyCode !== undefined && onlyState !== undefined && onlyError === undefined) {
    return { kind: "code", code: onlyCode, state: onlyState };
  }
  if (onlyCode === undefined && onlyError === undefined && onlyState !== undefined) {
    return { kind: "denied", error: "access_denied", state: onlyState };
  }
  if (onlyCode === undefined && onlyError !== undefined) {
    return { kind: "denied", error: onlyError, state: onlyState };
  }
  return { kind: "malformed" };
}

/** Cheaper than a deep comparison, and enough for flat objects. It runs a million times. */
const isSame = (a: Callback, b: Callback) => hasAll(a, b) && hasAll(b, a);
const hasAll = (a: Record<string, unknown>, b: Record<string, unknown>) => {
  for (const name in b) if (a[name] !== b[name]) return false;
  return true;
};

const repetitions = [0, 0, 0, 1, 1, 1, 1, 1, 1, 2];
/** No value contains a separator or looks URL-encoded, so each can also be used unencoded. */
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
/** `encodeURIComponent`, cached. */
const encoded = (() => {
  const cache = new Map([...hostileValues, ...hugeValues].map((value) => [value, encodeURIComponent(value)]));
  return (value: string) => cache.get(value) ?? value;
})();
/** Parameters that look like ours but must be ignored. */
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

/** A cheap random number generator, reproducible by its seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
