import assert from "node:assert/strict";
import { test } from "node:test";
import { keyEnvironment } from "../../../src/terminal/keyEnvironment";

test("a key is never without the address of its API, also the default one", () => {
  for (const [baseUrl, api] of [
    ["https://openrouter.ai", "https://openrouter.ai/api/v1"],
    ["https://gateway.example/openrouter", "https://gateway.example/openrouter/api/v1"],
  ] as const) {
    assert.deepEqual(keyEnvironment({ key: "sk-or-v1-a", baseUrl }), {
      OPENROUTER_API_KEY: "sk-or-v1-a",
      OPENROUTER_BASE_URL: api,
    });
  }
});
