import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  activityUrl,
  addCreditsUrl,
  defaultBaseUrl,
  keyPageUrl,
  parseBaseUrl,
} from "../../../src/openrouter/baseUrl";

for (const [text, expected] of [
  ["https://openrouter.ai", "https://openrouter.ai"],
  ["https://openrouter.ai/", "https://openrouter.ai"],
  ["https://eu.openrouter.ai", "https://eu.openrouter.ai"],
  ["https://gateway.example:8443/openrouter//", "https://gateway.example:8443/openrouter"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://127.0.0.2:8080/", "http://127.0.0.2:8080"],
  ["http://127.10.20.30", "http://127.10.20.30"],
  ["http://[::1]:8080", "http://[::1]:8080"],
  ["http://openrouter.ai", undefined],
  ["http://localhost.example.com", undefined],
  ["http://127.0.0.1.example.com", undefined],
  ["https://user:password@openrouter.ai", undefined],
  ["https://openrouter.ai?x=1", undefined],
  ["https://openrouter.ai#x", undefined],
  ["ftp://openrouter.ai", undefined],
  ["ftp://localhost", undefined],
  ["javascript:alert(1)", undefined],
  ["openrouter.ai", undefined],
  ["", undefined],
] as const) {
  test(`base URL "${text}" is ${expected ?? "rejected"}`, () => assert.equal(parseBaseUrl(text), expected));
}

test("the default matches the setting's default", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.equal(contributes.configuration.properties["connectOpenRouter.baseUrl"].default, defaultBaseUrl);
});

test("a key's pages and its account's pages are under the base URL", () => {
  assert.equal(keyPageUrl("https://gateway.example/x", "abc"), "https://gateway.example/x/keys/abc");
  assert.equal(activityUrl(defaultBaseUrl, "abc"), "https://openrouter.ai/logs?api_key_hash=abc");
  assert.equal(addCreditsUrl(defaultBaseUrl), "https://openrouter.ai/credits");
});
