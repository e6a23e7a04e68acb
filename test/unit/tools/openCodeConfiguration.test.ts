import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openCodeConfiguration } from "../../../src/tools/openCodeConfiguration";
import { anyText, url } from "../arbitraries";

test("names the address, the variable with the key, and the model for everything", () => {
  const access = {
    baseUrl: "https://openrouter.ai",
    model: "deepseek/deepseek-v3.2",
    key: "sk-or-v1-secret",
  };
  assert.deepEqual(JSON.parse(openCodeConfiguration(access)), {
    model: "openrouter/deepseek/deepseek-v3.2",
    small_model: "openrouter/deepseek/deepseek-v3.2",
    provider: {
      openrouter: {
        options: { apiKey: "{env:OPENROUTER_API_KEY}", baseURL: "https://openrouter.ai/api/v1" },
        models: { "deepseek/deepseek-v3.2": {} },
      },
    },
  });
});

test("is JSON for any address and model", () => {
  fc.assert(
    fc.property(url("https"), anyText(), (baseUrl, model) => {
      const { provider, ...models } = JSON.parse(openCodeConfiguration({ baseUrl, model }));
      assert.deepEqual(models, { model: `openrouter/${model}`, small_model: `openrouter/${model}` });
      assert.equal(provider.openrouter.options.baseURL, `${baseUrl}/api/v1`);
      assert.deepEqual(Object.keys(provider.openrouter.models), [model]);
    }),
  );
});
