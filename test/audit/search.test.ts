import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { SecretSearch } from "./search";
import type { Secret } from "./secrets.mjs";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const secret = (kind: Secret["kind"], value: string): Secret => ({ kind, value, from: "fake OpenRouter" });
const secrets = [
  secret("key", `sk-or-v1-${hex(32)}`),
  secret("code", `auth+/=&?#% ü"'${hex(16)}`),
  secret("verifier", randomBytes(32).toString("base64url")),
  secret("state", randomBytes(32).toString("base64url")),
];
const search = new SecretSearch(secrets);
const base64 = (text: string) => Buffer.from(text).toString("base64");

const forms: Record<string, (value: string) => string> = {
  "as it is": (value) => value,
  "in a URL": (value) => `vscode://a.b/callback?code=${encodeURIComponent(value)}&windowId=_blank`,
  "in a URL within a URL": (value) => encodeURIComponent(encodeURIComponent(value)),
  "in a form": (value) => new URLSearchParams({ code: value }).toString(),
  "in JSON within JSON": (value) => JSON.stringify(JSON.stringify({ value })),
  "in HTML": (value) => `<b>${value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)}</b>`,
  "in Base64": base64,
  "in the middle of Base64, first": (value) => base64(`123${value}456`),
  "in the middle of Base64, second": (value) => base64(`1234${value}`),
  "in the middle of Base64, third": (value) => base64(`12345${value}6`),
  "in URL-safe Base64": (value) => Buffer.from(`{"key":"${value}"}`).toString("base64url"),
  "in hexadecimal": (value) => Buffer.from(value).toString("hex"),
  "in part, the beginning": (value) => value.slice(0, -8),
  "in part, the end": (value) => value.slice(-20),
};
for (const [name, form] of Object.entries(forms)) {
  test(`each kind of secret is found ${name}`, () => {
    for (const expected of secrets) {
      const found = search.find(`[trace] before ${form(expected.value)}\nafter`);
      assert.deepEqual(
        found.map((one) => one.secret.kind),
        [expected.kind],
      );
    }
  });
}

test("all secrets in a text are found, each once, with their positions", () => {
  const values = secrets.map(({ value }) => value);
  const found = search.find(`${values.join(" ")} ${values[0]}`);
  assert.deepEqual(
    found.map((one) => one.secret.kind),
    ["key", "code", "verifier", "state"],
  );
  assert.equal(found[0]?.at, 0);
});

test("a masked key, a key's hash and another key are not reported", () => {
  const [key] = secrets;
  const masked = key?.value.replace(/^(sk-or-v1-.{3}).*(.{4})$/, "$1...$2");
  assert.deepEqual(search.find(`${masked} ${hex(32)} sk-or-v1-${hex(32)} ${"a/b-".repeat(99)}`), []);
});

test("a secret that is too short to search for is rejected", () => {
  assert.throws(() => new SecretSearch([secret("code", "short-code")]), /too short/);
});
