import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBaseUrl } from "../../src/openrouter/baseUrl";

for (const [text, expected] of [
  ["https://openrouter.ai", "https://openrouter.ai"],
  ["https://openrouter.ai/", "https://openrouter.ai"],
  ["https://eu.openrouter.ai", "https://eu.openrouter.ai"],
  ["https://gateway.example:8443/openrouter//", "https://gateway.example:8443/openrouter"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://127.0.0.2:8080/", "http://127.0.0.2:8080"],
  ["http://[::1]:8080", "http://[::1]:8080"],
  ["http://openrouter.ai", undefined],
  ["http://localhost.example.com", undefined],
  ["http://127.0.0.1.example.com", undefined],
  ["https://user:password@openrouter.ai", undefined],
  ["https://openrouter.ai?x=1", undefined],
  ["https://openrouter.ai#x", undefined],
  ["ftp://openrouter.ai", undefined],
  ["javascript:alert(1)", undefined],
  ["openrouter.ai", undefined],
  ["", undefined],
] as const) {
  test(`base URL "${text}" is ${expected ?? "refused"}`, () => assert.equal(parseBaseUrl(text), expected));
}
