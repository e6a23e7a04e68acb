import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import fc from "fast-check";
import { OpenRouterError, type OpenRouterFailure } from "../../../src/openrouter/errors";
import type { OpenRouterModel } from "../../../src/openrouter/model";
import { getModels } from "../../../src/openrouter/modelList";
import { parseModel } from "../../../src/openrouter/modelSchema";
import { createModel, manyModels } from "../../fakeOpenRouter/fakeModel";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { defaultModels, mostPopular } from "../../fakeOpenRouter/models";
import { unreadableModels, withUnknownFields } from "../../fakeOpenRouter/strangeModels";
import { recordLog } from "../../fakes/editor";
import { anyText } from "../arbitraries";

let fakeOpenRouter: FakeOpenRouter;
before(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
});
afterEach(() => {
  fakeOpenRouter.behave();
  fakeOpenRouter.models = defaultModels();
});
after(() => fakeOpenRouter.close());

const get = (key = fakeOpenRouter.addKey().key, options: Partial<Parameters<typeof getModels>[1]> = {}) =>
  getModels(key, { fetch, baseUrl: fakeOpenRouter.url, ...options });
const ids = (models: readonly OpenRouterModel[]) => models.map(({ id }) => id);

const fails = (failure: OpenRouterFailure, status?: number) => (error: unknown) =>
  error instanceof OpenRouterError && error.failure === failure && error.details.status === status;

test("the models of the key come in OpenRouter's order, without those that write no text", async () => {
  const { key } = fakeOpenRouter.addKey();
  const { models } = await get(key);
  const expected = fakeOpenRouter.models.map(({ id }) => id).filter((id) => !id.includes("flux"));
  assert.deepEqual(ids(models), expected);
  const request = fakeOpenRouter.requests.find(({ url }) => url.startsWith("/api/v1/models/user"));
  assert.equal(`${request?.method} ${request?.url}`, "GET /api/v1/models/user?output_modalities=text");
  assert.equal(request?.headers.authorization, `Bearer ${key}`);
  assert.equal(request?.headers.cookie, undefined);
});

test("popular are those with tools, first the most popular, asked for without the key", async () => {
  const before = fakeOpenRouter.requests.length;
  const { popular } = await get();
  assert.deepEqual(
    popular.slice(0, 7),
    mostPopular.filter((id) => !id.includes("flux")),
  );
  assert.ok(!popular.includes("mistralai/mistral-7b-instruct"), "it has no tools");
  const [request, ...others] = fakeOpenRouter.requests
    .slice(before)
    .filter(({ url }) => url.startsWith("/api/v1/models?"));
  assert.equal(others.length, 0);
  assert.equal(request?.headers.authorization, undefined);
});

test("a model has what matters of it", async () => {
  const { models } = await get();
  const model = (id: string) => models.find((one) => one.id === id);
  assert.deepEqual(model("anthropic/claude-sonnet-4.5"), {
    id: "anthropic/claude-sonnet-4.5",
    name: "Anthropic: Claude Sonnet 4.5",
    contextLength: 1_000_000,
    maxCompletionTokens: 64_000,
    inputModalities: ["text", "image", "file"],
    supportedParameters: fakeOpenRouter.models[0]?.supported_parameters,
    prices: { prompt: 0.000003, completion: 0.000015, cacheRead: 0.0000003, cacheWrite: 0.00000375 },
    // It doesn't reason unless it's asked to.
    reasoning: { mandatory: false, defaultEffort: "none" },
  });
  assert.deepEqual(model("openai/gpt-5.1")?.reasoning, {
    mandatory: false,
    efforts: ["high", "medium", "low", "none"],
    defaultEffort: "medium",
  });
  assert.deepEqual(model("deepseek/deepseek-v3.2")?.reasoning, { mandatory: true });
  assert.equal(model("anthropic/claude-3.7-sonnet")?.expirationDate, "2027-02-19");
});

test("the window is the smaller one of the model's and its provider's", async () => {
  const { models } = await get();
  const window = (id: string) => models.find((model) => model.id === id)?.contextLength;
  assert.equal(window("qwen/qwen3-coder:free"), 262_144);
  assert.equal(window("openrouter/auto"), 2_000_000);
  assert.equal(window("nousresearch/hermes-4-70b"), 128_000, "it isn't known");
});

test("a number of tokens that nothing fits into is none", () => {
  const window = (one: number, other: number | null) => {
    const top_provider = { context_length: other, max_completion_tokens: one, is_moderated: false };
    const parsed = parseModel(createModel({ id: "a/b", context_length: one, top_provider }));
    return [parsed?.contextLength, parsed?.maxCompletionTokens];
  };
  for (const none of [0, 1, 1.9, -5, 2 ** 60]) {
    assert.deepEqual(window(none, null), [128_000, undefined], `${none}`);
    assert.deepEqual(window(none, 5000), [5000, undefined], `${none}`);
  }
  assert.deepEqual(window(2.9, null), [2, 2]);
});

test("a router has no price, and a free model a price of nothing", async () => {
  const { models } = await get();
  const prices = (id: string) => models.find((model) => model.id === id)?.prices;
  assert.equal(prices("openrouter/auto"), undefined);
  assert.deepEqual(prices("qwen/qwen3-coder:free"), { prompt: 0, completion: 0 });
});

test("a model that can't be read is left out, and only it; they are counted in the log", async () => {
  const data = [...unreadableModels(), ...defaultModels()];
  fakeOpenRouter.behave();
  const { log, lines } = recordLog();
  const { models } = await getModels("key", {
    fetch: async () => Response.json({ data }),
    baseUrl: "https://openrouter.ai",
    log,
  });
  assert.equal(models.length, defaultModels().length - 1);
  const { length } = unreadableModels();
  assert.ok(lines.includes(`warn ${length} of ${data.length} models can't be read`), lines.join("\n"));
});

test("what isn't known yet is ignored", () => {
  for (const model of defaultModels()) {
    const { reasoning: was, ...known } = parseModel(model) ?? {};
    const { reasoning: is, ...parsed } = parseModel(withUnknownFields(model)) ?? {};
    assert.deepEqual(parsed, {
      ...known,
      supportedParameters: [...model.supported_parameters, "telepathy"],
      inputModalities: [...model.architecture.input_modalities, "smell"],
    });
    assert.equal(is?.mandatory, was?.mandatory);
  }
});

test("prices that aren't numbers don't pass for nothing", () => {
  const pricing = { prompt: "1", completion: "1" };
  for (const wrong of ["", " ", "free", "0x1", "1e999", "NaN", "Infinity", "1,5"]) {
    const model = createModel({ id: "a/b", pricing: { ...pricing, prompt: wrong } });
    assert.equal(parseModel(model), undefined, wrong);
  }
  assert.equal(parseModel(createModel({ id: "a/b", pricing }))?.prices?.prompt, 1);
});

test("a date that is none is left out", () => {
  const expires = (expiration_date: string | null) =>
    parseModel(createModel({ id: "a/b", expiration_date }))?.expirationDate;
  for (const none of ["someday", "", null]) assert.equal(expires(none), undefined);
  assert.equal(expires("2027-02-19"), "2027-02-19");
});

test("an id that VS Code would show as markup is left out", () => {
  for (const id of ["", "a b", "[a](command:b)", "<command:a>", "a\nb", "a`b`", "$(gear)", "a".repeat(201)]) {
    assert.equal(parseModel(createModel({ id })), undefined, id);
  }
  for (const id of ["~a/b-latest", "a/b.c_d:free", "a/b@preset/c"])
    assert.ok(parseModel(createModel({ id })), id);
});

test("an id that comes twice is one model, the first", async () => {
  const twice = [createModel({ id: "a/b", name: "One" }), createModel({ id: "a/b", name: "Two" })];
  fakeOpenRouter.models = twice;
  const { models } = await get();
  assert.deepEqual(
    models.map(({ name }) => name),
    ["One"],
  );
});

/** Wrong in any place: values of any type, in place of the model or of its fields. */
const garbage = fc.oneof(
  fc.anything(),
  fc
    .tuple(fc.constantFrom(...defaultModels()), fc.dictionary(anyText({ maxLength: 20 }), fc.anything()))
    .map(([model, wrong]) => ({ ...model, ...wrong })),
  fc
    .tuple(
      fc.constantFrom(...defaultModels()),
      fc.constantFrom(...Object.keys(createModel({ id: "a/b" })), "reasoning"),
      fc.oneof(fc.anything(), fc.dictionary(anyText({ maxLength: 20 }), fc.anything())),
    )
    .map(([model, field, wrong]) => ({ ...model, [field]: wrong })),
);

test("any model is read or left out, and what is read is valid", () => {
  fc.assert(
    fc.property(garbage, (input) => {
      const model = parseModel(input);
      if (!model) return;
      assert.ok(Number.isSafeInteger(model.contextLength) && model.contextLength >= 2);
      assert.ok(model.maxCompletionTokens === undefined || Number.isSafeInteger(model.maxCompletionTokens));
      for (const price of Object.values(model.prices ?? {})) assert.ok(Number.isFinite(price) && price >= 0);
      assert.ok(model.expirationDate === undefined || !Number.isNaN(Date.parse(model.expirationDate)));
    }),
  );
});

test("garbage in a list drops nothing but itself", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(garbage, { maxLength: 5 }), async (wrong) => {
      const good = createModel({ id: "good/one" });
      const data = [...wrong.slice(1), good, ...wrong.slice(0, 1)];
      const text = JSON.stringify({ data });
      const { models } = await getModels("key", {
        fetch: async () => new Response(text),
        baseUrl: "https://openrouter.ai",
      });
      assert.ok(ids(models).includes("good/one"));
    }),
    { numRuns: 50 },
  );
});

test("five hundred models with long descriptions are read, but not an endless list", async () => {
  fakeOpenRouter.models = manyModels(500).map((model) => ({ ...model, description: "a".repeat(5000) }));
  assert.equal((await get()).models.length, 500);
  fakeOpenRouter.misbehave({ models: { answer: "huge" } });
  await assert.rejects(get(), fails("answer"));
});

/** Responds by paths, and records them. */
function server(answers: Record<string, () => Response>) {
  const paths: string[] = [];
  const respond = async (input: string | URL | Request, init?: RequestInit) => {
    const { pathname, search } = new URL(String(input));
    const withKey = new Headers(init?.headers).has("Authorization") ? " with the key" : "";
    paths.push(`${pathname}${search.includes("sort") ? " sorted" : ""}${withKey}`);
    return (answers[paths.at(-1) ?? ""] ?? (() => Response.json({ data: [] })))();
  };
  return { paths, get: () => getModels("key", { fetch: respond, baseUrl: "https://gateway.example" }) };
}
const userPath = "/api/v1/models/user with the key";
const allPath = "/api/v1/models with the key";
const sortedPath = "/api/v1/models sorted";

for (const [what, missing] of [
  [
    "OpenRouter's error",
    () => Response.json({ error: { code: 404, message: "Not Found" } }, { status: 404 }),
  ],
  ["another error", () => Response.json({ detail: "Not Found" }, { status: 404 })],
  ["a page", () => new Response("<h1>Not Found</h1>", { status: 404 })],
] as const) {
  test(`a gateway that answers ${what} to the user's models is asked for all`, async () => {
    const all = () => Response.json({ data: [createModel({ id: "a/b" })] });
    const { get, paths } = server({ [userPath]: missing, [allPath]: all });
    assert.deepEqual(ids((await get()).models), ["a/b"]);
    assert.deepEqual(paths.sort(), [sortedPath, allPath, userPath].sort());
  });
}

test("where the popularity can't be had, it's empty, and the models are there", async () => {
  const one = () => Response.json({ data: [createModel({ id: "a/b" })] });
  for (const status of [400, 401, 500]) {
    const { get } = server({ [userPath]: one, [sortedPath]: () => new Response("", { status }) });
    const { models, popular } = await get();
    assert.deepEqual([ids(models), popular], [["a/b"], []]);
  }
});

test("a key that is rejected, and a network that is down, are what they are elsewhere", async () => {
  await assert.rejects(get("sk-or-v1-unknown"), fails("status", 401));
  await assert.rejects(get("key", { baseUrl: "http://127.0.0.1:1" }), fails("network"));
  fakeOpenRouter.misbehave({ models: { answer: "hang" } });
  await assert.rejects(get(undefined, { timeLimit: 20 }), fails("timeout"));
  const reason = new Error("closed");
  await assert.rejects(get(undefined, { signal: AbortSignal.abort(reason) }), reason);
});
