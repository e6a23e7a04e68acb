// What OpenRouter's errors mean: the same in a response and in a stream. The bodies are by OpenRouter's OpenAPI document
// and its guides "Limits" and "Errors and Debugging", with messages that users reported.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ChatError, type ChatFailure } from "../../../src/models/chatError";
import { ask, body, bodyOf, chunk, events, fails } from "./streams";

interface Problem {
  status: number;
  message?: string;
  metadata?: object | null;
  availability?: object;
  model?: string;
  details?: Partial<ChatError["details"]>;
}
const type = (error_type: string) => ({ metadata: { error_type } });
const source = (limit_source: string) => ({ metadata: { limit_source } });
const available = (code: string) => ({ availability: { code, retryable: false } });

const problems: Record<ChatFailure, Record<string, Problem>> = {
  keyRefused: {
    "no such key": { status: 401, message: "User not found." },
    typed: { status: 401, ...type("authentication") },
    "typed, with another status": { status: 400, ...type("authentication") },
    "null metadata": { status: 401, metadata: { provider_name: null } },
  },
  keyLimit: {
    "in all": {
      status: 403,
      message: "Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys",
    },
    "of a month": {
      status: 403,
      message: "Key limit exceeded (monthly limit). Manage it using …",
      ...type("permission_denied"),
    },
    "by its source": { status: 402, message: "Insufficient credits", ...source("openrouter_key_limit") },
    "by its source, as a budget": {
      status: 403,
      message: "Budget limit exceeded",
      ...source("openrouter_key_limit"),
    },
    "tokens that the key can't pay": {
      status: 402,
      message:
        "This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 0. To increase, visit https://openrouter.ai/settings/keys and create a key with a higher monthly limit",
      details: { affordableTokens: 0 },
    },
    "a prompt that the key can't pay": {
      status: 402,
      message:
        "Prompt tokens limit exceeded: 230799 > 91442. To increase, visit https://openrouter.ai/settings/keys and create a key with a higher monthly limit",
      details: { affordableTokens: 91442, promptTokens: 230799 },
    },
  },
  outOfCredits: {
    untyped: {
      status: 402,
      message: "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    },
    typed: { status: 402, ...type("payment_required") },
    "by its source": { status: 402, ...source("openrouter_credits") },
  },
  tooFewCredits: {
    "for the answer": {
      status: 402,
      message:
        "This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 30104. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account",
      metadata: { provider_name: null },
      details: { affordableTokens: 30104 },
    },
    "for the prompt": {
      status: 402,
      message:
        "Prompt tokens limit exceeded: 17706 > 8517. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account",
      ...type("payment_required"),
      details: { affordableTokens: 8517, promptTokens: 17706 },
    },
    "for this request": {
      status: 402,
      metadata: { limit_source: "openrouter_credits", reason: "weight_exceeds_budget" },
    },
    "a cap by credits": { status: 400, ...type("token_limit_exceeded") },
  },
  notPermitted: {
    untyped: { status: 403, message: "Only management keys can perform this operation" },
    typed: { status: 403, ...type("permission_denied") },
  },
  noEndpoint: {
    "data policy": {
      status: 404,
      message:
        "No endpoints found matching your data policy (Free model training). Configure: https://openrouter.ai/settings/privacy",
    },
    "guardrail restrictions": {
      status: 404,
      message: "No endpoints available matching your guardrail restrictions and data policy.",
    },
    "all ignored": {
      status: 404,
      message: "All providers have been ignored. To change your default ignored providers, visit …",
    },
    "none allowed": {
      status: 404,
      message: "No allowed providers are available for the selected model.",
      ...type("not_found"),
    },
    parameters: { status: 404, message: "No endpoints found that can handle the requested parameters." },
    requirements: {
      status: 503,
      message: "There is no available model provider that meets your routing requirements",
    },
    "by availability": { status: 404, ...available("no_endpoints") },
    privacy: { status: 404, ...available("privacy_restricted") },
    region: { status: 403, ...available("region_restricted") },
    constraints: { status: 404, ...available("constraint_filtered") },
  },
  modelGone: {
    untyped: { status: 404, message: "Not found" },
    typed: { status: 404, ...type("not_found") },
    "in words": { status: 404, message: "No endpoints found for acme/talker:free." },
    "no such ID": { status: 400, message: "acme/talkers is not a valid model ID" },
    "not found": { status: 400, ...available("model_not_found"), ...type("invalid_request") },
    retired: { status: 404, message: "The model has been retired", ...available("model_deprecated") },
    "at its provider": { status: 404, ...available("model_unavailable_upstream") },
    "no longer free": { status: 404, ...available("free_variant_ended"), model: "acme/talker:free" },
    "of another API": { status: 400, ...available("wrong_endpoint") },
  },
  promptTooLong: {
    "by OpenRouter": {
      status: 400,
      message:
        'This endpoint\'s maximum context length is 131072 tokens. However, you requested about 138956 tokens (7884 of text input, 131072 in the output). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.',
      details: { maxTokens: 131072, promptTokens: 138956 },
    },
    "by OpenAI": {
      status: 400,
      message:
        "This model's maximum context length is 4097 tokens. However, your messages resulted in 6988 tokens.",
      details: { maxTokens: 4097, promptTokens: 6988 },
    },
    "by Anthropic, in other words": {
      status: 400,
      message: "Provider returned error",
      metadata: {
        raw: '{"error":{"message":"prompt is too long: 1284668 tokens > 1000000 maximum"}}',
        provider_name: "Anthropic",
      },
      details: { maxTokens: 1_000_000, promptTokens: 1_284_668 },
    },
    typed: { status: 400, ...type("context_length_exceeded"), details: {} },
    "typed, a string": { status: 400, ...type("string_too_long") },
    "typed, in words": {
      status: 400,
      message: "The maximum context length is 9 tokens",
      ...type("context_length_exceeded"),
      details: { maxTokens: 9 },
    },
  },
  tooLarge: {
    untyped: { status: 413, message: "Request Entity Too Large" },
    typed: { status: 413, ...type("payload_too_large") },
  },
  badRequest: {
    tools: { status: 404, message: "No endpoints found that support tool use." },
    untyped: { status: 400, message: "Invalid input" },
    unprocessable: { status: 422, message: "…" },
    typed: { status: 400, ...type("invalid_request") },
    prompt: { status: 400, ...type("invalid_prompt") },
    semantics: { status: 422, ...type("unprocessable") },
    image: { status: 404, ...type("image_not_found") },
    "large image": { status: 400, ...type("image_too_large") },
    conflict: { status: 409, message: "…" },
    method: { status: 405, message: "Method Not Allowed" },
  },
  rateLimited: {
    untyped: { status: 429, message: "Rate limit exceeded" },
    typed: { status: 429, ...type("rate_limit_exceeded") },
    "by the provider": {
      status: 429,
      message: "Provider returned error",
      metadata: {
        raw: "acme/talker is temporarily rate-limited upstream.",
        provider_name: "Acme",
        limit_source: "upstream_provider_shared_pool",
      },
    },
    "by the provider of a free model": {
      status: 429,
      message: "Provider returned error",
      metadata: { raw: "acme/talker:free is temporarily rate-limited upstream.", provider_name: "Acme" },
      model: "acme/talker:free",
    },
    "by the provider of a free model, by its source": {
      status: 429,
      ...source("upstream_provider_shared_pool"),
      model: "acme/talker:free",
    },
    "no capacity": {
      status: 429,
      availability: { code: "capacity_exhausted", retryable: true, retry_after: 30 },
      details: { retryAfter: 30_000 },
    },
    "credits of requests under way": {
      status: 402,
      message: "This request would exceed your available credits given your current in-flight requests.",
      metadata: { reason: "in_flight_budget_exhausted", limit_source: "openrouter_in_flight_budget" },
    },
  },
  freeRateLimited: {
    "of a day": {
      status: 429,
      message:
        "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
    },
    "of a day, by its source": { status: 429, ...source("openrouter_free_tier_daily") },
    "of a minute": { status: 429, message: "Rate limit exceeded: free-models-per-min." },
    "by the model": { status: 429, ...type("rate_limit_exceeded"), model: "acme/talker:free" },
  },
  overloaded: {
    "the provider is down": { status: 502, message: "Provider returned error" },
    "no provider": { status: 503, message: "Service Unavailable" },
    "too slow": { status: 524, message: "…" },
    "too slow for OpenRouter": { status: 408, message: "Request timed out" },
    gateway: { status: 504, message: "…" },
    "too much to do": { status: 529, message: "Provider is temporarily overloaded" },
    "typed, too much to do": { status: 503, ...type("provider_overloaded") },
    "typed, down": { status: 400, ...type("provider_unavailable") },
    "typed, too slow": { status: 504, ...type("timeout") },
    "by availability": { status: 503, ...available("temporarily_unavailable") },
  },
  server: {
    untyped: { status: 500, message: "Internal Server Error" },
    typed: { status: 500, ...type("server") },
    unmapped: { status: 500, ...type("unmapped") },
    other: { status: 599, message: "…" },
  },
  moderated: {
    "with reasons": {
      status: 403,
      message: 'acme/talker requires moderation on Acme. Your input was flagged for "violence".',
      metadata: {
        reasons: ["violence"],
        flagged_input: "quoted",
        provider_name: "Acme",
        model_slug: "acme/talker",
      },
      details: { provider: "Acme" },
    },
    "only in words": { status: 403, message: "Your input was flagged", details: {} },
    typed: { status: 400, ...type("content_policy_violation") },
    refused: { status: 400, ...type("refusal") },
  },
  guardrail: {
    "with patterns": {
      status: 403,
      message: "Request blocked: prompt injection patterns detected",
      metadata: { patterns: ["quoted"] },
    },
    "only patterns": {
      status: 403,
      message: "…",
      metadata: { patterns: [], error_type: "permission_denied" },
    },
    "in words": { status: 403, message: "Blocked by a guardrail" },
    budget: { status: 403, message: "Budget limit exceeded", ...source("openrouter_guardrail_budget") },
    "budget of a workspace": { status: 403, message: "…", ...source("openrouter_workspace_budget") },
  },
  providerKeyRefused: {
    "the user's own": {
      status: 401,
      message: "Provider returned error",
      metadata: { provider_name: "Acme" },
    },
  },
  providerError: {},
  cutOff: {
    typed: { status: 400, ...type("max_tokens_exceeded") },
  },
  // Without OpenRouter's word:
  notConnected: {},
  keysUnreadable: {},
  badSettings: {},
  overBudget: {},
  spendingUnreadable: {},
  notAllowed: {},
  notAnswered: {},
  unknownModel: {},
  badInput: {},
  network: {},
  tls: {},
  proxy: {},
  redirected: {},
  intermediary: {},
  timeout: {},
  interrupted: {},
  stalled: {},
  filtered: {},
  badToolCall: {},
  badStream: {},
  unexpected: {},
};

for (const [failure, cases] of Object.entries(problems) as [ChatFailure, Record<string, Problem>][]) {
  for (const [name, problem] of Object.entries(cases)) {
    const { status, message = "quoted", metadata, availability, model = body.model, details } = problem;
    const error = { code: status, message, metadata, availability };
    const expected = details && { status, ...details };

    test(`${failure}: ${name}, as a response`, async () => {
      const response = Response.json({ error, user_id: "user_1" }, { status });
      const { answer, requests } = ask(response, { body: { ...body, model } });
      await assert.rejects(answer, fails(failure, expected));
      assert.equal(requests.length, 1);
    });

    test(`${failure}: ${name}, in a stream`, async () => {
      const sent = events(chunk({ content: "" }, "error", { error }));
      const { answer, requests } = ask(bodyOf(sent), { body: { ...body, model } });
      // It has accepted ours before it began to answer.
      const inStream = failure === "keyRefused" ? "providerKeyRefused" : failure;
      await assert.rejects(answer, fails(inStream, expected));
      assert.equal(requests.length, 1);
    });
  }
}

/** Each `ApiErrorType` of OpenRouter's OpenAPI document. */
const types: Record<string, ChatFailure> = {
  context_length_exceeded: "promptTooLong",
  max_tokens_exceeded: "cutOff",
  token_limit_exceeded: "tooFewCredits",
  string_too_long: "promptTooLong",
  authentication: "providerKeyRefused",
  permission_denied: "notPermitted",
  payment_required: "outOfCredits",
  rate_limit_exceeded: "rateLimited",
  provider_overloaded: "overloaded",
  provider_unavailable: "overloaded",
  invalid_request: "badRequest",
  invalid_prompt: "badRequest",
  not_found: "modelGone",
  precondition_failed: "badRequest",
  payload_too_large: "tooLarge",
  unprocessable: "badRequest",
  content_policy_violation: "moderated",
  refusal: "moderated",
  invalid_image: "badRequest",
  image_too_large: "badRequest",
  image_too_small: "badRequest",
  unsupported_image_format: "badRequest",
  image_not_found: "badRequest",
  image_download_failed: "badRequest",
  server: "server",
  timeout: "overloaded",
  unmapped: "server",
};
const inStream = (error: object) => ask(bodyOf(events(JSON.stringify({ choices: [], error })))).answer;
for (const [error_type, failure] of Object.entries(types)) {
  test(`${failure}: the type ${error_type}, whatever the status`, async () => {
    const error = { message: "quoted", metadata: { error_type } };
    await assert.rejects(inStream(error), fails(failure, {}));
    await assert.rejects(inStream({ ...error, code: 418 }), fails(failure, { status: 418 }));
  });
}

test("availability counts before the status, and reasons count without words", async () => {
  const availability = { code: "temporarily_unavailable" };
  await assert.rejects(inStream({ code: 404, message: "quoted", availability }), fails("overloaded"));
  const metadata = { reasons: ["quoted"], provider_name: "Acme" };
  await assert.rejects(inStream({ code: 403, message: "No.", metadata }), fails("moderated"));
});

const page = "<!DOCTYPE html><html><body>secret</body></html>";
const others: [status: number, content: string, ChatFailure][] = [
  [401, page, "intermediary"],
  [402, page, "intermediary"],
  [403, page, "intermediary"],
  [404, page, "intermediary"],
  [400, page, "intermediary"],
  [401, "", "intermediary"],
  [401, "Unauthorized", "intermediary"],
  [403, '{"error":"secret"}', "intermediary"],
  [403, '{"message":"secret"}', "intermediary"],
  [402, '{"error":{"code":402}}', "intermediary"],
  [511, page, "intermediary"],
  [511, '{"error":{"message":"secret"}}', "intermediary"],
  [407, page, "proxy"],
  [407, '{"error":{"message":"secret"}}', "proxy"],
  [413, page, "tooLarge"],
  [429, page, "rateLimited"],
  [500, page, "server"],
  [502, page, "overloaded"],
  [503, "", "overloaded"],
];
for (const [status, content, failure] of others) {
  test(`${failure}: ${status} with ${content.slice(0, 9) || "nothing"}${content.length}`, () =>
    assert.rejects(ask(new Response(content, { status })).answer, fails(failure, { status })));
}

test("a free model's limit is also one where only a server in front of OpenRouter says so", () =>
  assert.rejects(
    ask(new Response(page, { status: 429 }), { body: { ...body, model: "acme/talker:free" } }).answer,
    fails("freeRateLimited"),
  ));

test("the header's wait counts before the body's, and both reach the caller", async () => {
  const error = { code: 429, message: "quoted", availability: { retry_after: 40 } };
  const headers = { "Retry-After": "60" };
  const { answer } = ask(Response.json({ error }, { status: 429, headers }));
  await assert.rejects(answer, fails("rateLimited", { status: 429, retryAfter: 60_000 }));
});

test("a limit of OpenRouter's own says when it starts again, in a header or in the body", async () => {
  const reset = { "X-RateLimit-Reset": String(Date.now() + 3_600_000) };
  const error = { code: 429, message: "Rate limit exceeded: free-models-per-day." };
  for (const answers of [
    Response.json({ error }, { status: 429, headers: reset }),
    Response.json({ error: { ...error, metadata: { headers: reset } } }, { status: 429 }),
  ]) {
    await assert.rejects(ask(answers).answer, ({ failure, details }: ChatError) => {
      assert.equal(failure, "freeRateLimited");
      const { retryAfter = 0 } = details;
      return retryAfter > 3_500_000 && retryAfter <= 3_600_000;
    });
  }
  for (const odd of ["soon", "60", "1795737660", "-1", "99999999999999999"]) {
    const response = Response.json({ error }, { status: 429, headers: { "X-RateLimit-Reset": odd } });
    await assert.rejects(ask(response).answer, fails("freeRateLimited", { status: 429 }));
  }
  const far = { "X-RateLimit-Reset": "1999999999999" };
  const late = Response.json({ error }, { status: 429, headers: far });
  await assert.rejects(
    ask(late).answer,
    fails("freeRateLimited", { status: 429, retryAfter: 24 * 3_600_000 }),
  );
});

test("the type may stand beside the code", () =>
  assert.rejects(
    ask(bodyOf(events(JSON.stringify({ error: { message: "quoted", error_type: "timeout" } })))).answer,
    fails("overloaded"),
  ));

test("the status is the response's, whatever the body says", () =>
  assert.rejects(
    ask(Response.json({ error: { code: 429, message: "quoted" } }, { status: 402 })).answer,
    fails("outOfCredits", { status: 402 }),
  ));

test("an error that is too long to be OpenRouter's isn't", () => {
  const long = JSON.stringify({ error: { code: 401, message: "x".repeat(1_100_000) } });
  return assert.rejects(ask(new Response(long, { status: 401 })).answer, fails("intermediary"));
});

test("no error fails to be read, or puts what it says into a message", () =>
  fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 400, max: 599 }), async (error, status) => {
      for (const answers of [
        Response.json(
          { error: { message: "secret", metadata: error, availability: error, ...Object(error) } },
          { status },
        ),
        Response.json(error, { status }),
      ]) {
        await assert.rejects(ask(answers).answer, (thrown: unknown) => {
          assert.ok(thrown instanceof ChatError);
          assert.match(
            thrown.message,
            /^(OpenRouter answered|Something other than OpenRouter|A proxy|The request) ?/,
          );
          assert.doesNotMatch(thrown.message, /secret/);
          return true;
        });
      }
    }),
  ));
