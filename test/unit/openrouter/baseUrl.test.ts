import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  activityUrl,
  addCreditsUrl,
  isDefaultBaseUrl,
  keyPageUrl,
  keysPageUrl,
  parseBaseUrl,
} from "../../../src/openrouter/baseUrl";

const openRouter = "https://openrouter.ai";

for (const [text, expected] of [
  ["https://openrouter.ai", "https://openrouter.ai"],
  ["https://openrouter.ai/", "https://openrouter.ai"],
  ["https://eu.openrouter.ai", "https://eu.openrouter.ai"],
  ["https://gateway.example:8443/openrouter//", "https://gateway.example:8443/openrouter"],
  ["https://openrouter.ai/api/v1", "https://openrouter.ai"], // OPENROUTER_BASE_URL, as terminals get it
  ["https://openrouter.ai/api/v1/", "https://openrouter.ai"],
  ["https://openrouter.ai/api", "https://openrouter.ai"],
  ["https://openrouter.ai//api//v1//", "https://openrouter.ai"],
  [" https://openrouter.ai/api/v1\n", "https://openrouter.ai"],
  ["https://gateway.example/openrouter/api/v1", "https://gateway.example/openrouter"],
  ["https://gateway.example/openrouter/api/", "https://gateway.example/openrouter"],
  ["https://gateway.example/v1", "https://gateway.example/v1"], // a prefix of the gateway's own
  ["https://gateway.example/api/v2", "https://gateway.example/api/v2"],
  ["https://gateway.example/myapi", "https://gateway.example/myapi"],
  ["https://gateway.example/api/v1/x", "https://gateway.example/api/v1/x"],
  ["https://gateway.example/';run;'/\"`", "https://gateway.example/%27;run;%27/%22%60"], // a part of commands
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

test("a base URL is the same with or without what API clients add, and stays the same", () => {
  const segment = fc.stringMatching(/^[a-z]{1,3}$/).filter((text) => text !== "api");
  fc.assert(
    fc.property(
      fc.array(segment),
      fc.constantFrom("", "/", "/api", "/api/", "/api/v1", "/api/v1//"),
      (path, end) => {
        const base = ["https://gateway.example", ...path].join("/");
        assert.equal(parseBaseUrl(base + end), base);
        assert.equal(parseBaseUrl(`${parseBaseUrl(base + end)}/api/v1`), base);
      },
    ),
  );
});

test("the default matches the setting's default", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  assert.equal(contributes.configuration.properties["connectOpenRouter.baseUrl"].default, openRouter);
  assert.equal(isDefaultBaseUrl(openRouter), true);
  for (const other of ["https://eu.openrouter.ai", "https://openrouter.ai.example", "http://127.0.0.2:8080"])
    assert.equal(isDefaultBaseUrl(other), false);
});

test("a key's pages and its account's pages are under the base URL", () => {
  assert.equal(keyPageUrl("https://gateway.example/x", "abc"), "https://gateway.example/x/keys/abc");
  assert.equal(keysPageUrl("https://gateway.example/x"), "https://gateway.example/x/keys");
  assert.equal(activityUrl(openRouter, "abc"), "https://openrouter.ai/logs?api_key_hash=abc");
  assert.equal(addCreditsUrl(openRouter), "https://openrouter.ai/credits");
});
