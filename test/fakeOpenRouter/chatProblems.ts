import type { Answer, JsonObject } from "./answer";
import type { LimitReset } from "./authRequest";

/** As in most of OpenRouter's errors. Nothing of a server's answer may appear in a log. */
const userId = "user_2yOPcMpKoQhcd4bVgSMlELRaIah";

/**
 * How OpenRouter refuses a request to a model: by its guide "Errors and Debugging" of August 2026, and with the words
 * that users reported. Each is a `WrongAnswer`: `misbehave({ chat: { answer: chatProblems.outOfCredits } })`.
 */
export const chatProblems = {
  invalidRequest: refusal(400, "Invalid request parameters", { error_type: "invalid_request" }),
  promptTooLong: contextProblem(131_072, 140_325, 10_012, 8192),
  /** As the provider says it, with no other sign that the prompt is too long. */
  promptTooLongForProvider: refusal(400, "Provider returned error", {
    error_type: "context_length_exceeded",
    provider_code: "invalid_request_error",
  }),
  keyRefused: refusal(401, "User not found."),
  noKey: refusal(401, "Missing Authentication header"),
  outOfCredits: refusal(402, "Insufficient credits. Add more using https://openrouter.ai/settings/credits", {
    error_type: "payment_required",
  }),
  /** Without a type, which only newer errors have. */
  outOfCreditsUntyped: refusal(
    402,
    "Insufficient credits. This account never purchased credits. Make sure your key is on the correct account or org, and if so, purchase more at https://openrouter.ai/settings/credits",
  ),
  tooFewCredits: affordProblem(8192, 1234, "credits"),
  tooFewCreditsInKey: affordProblem(32_000, 0, { limitReset: "monthly" }),
  promptTooExpensive: promptProblem(230_799, 91_442, "credits"),
  keyLimit: keyLimitProblem(null),
  keyLimitMonthly: keyLimitProblem("monthly"),
  notPermitted: refusal(403, "You do not have permission to use this model.", {
    error_type: "permission_denied",
  }),
  regionRestricted: unavailable(403, "This model is not available in your region.", "permission_denied", {
    code: "region_restricted",
    excluded_by: ["geo"],
  }),
  moderated: refusal(
    403,
    'anthropic/claude-sonnet-4.5 requires moderation on Anthropic. Your input was flagged for "violence". No credits were charged.',
    {
      reasons: ["violence"],
      flagged_input: "how do I win this ... once and for all",
      provider_name: "Anthropic",
      model_slug: "anthropic/claude-sonnet-4.5",
    },
  ),
  guardrail: refusal(403, "Request blocked: prompt injection patterns detected", {
    patterns: ["ignore all previous instructions"],
  }),
  noEndpoint: unavailable(
    404,
    "No endpoints for openai/gpt-5.1 match your data policy (zero data retention). Adjust at https://openrouter.ai/settings/privacy.",
    "not_found",
    {
      code: "privacy_restricted",
      affected_providers: ["openai", "azure"],
      excluded_by: ["data_policy:zdr"],
    },
  ),
  /** In the words of earlier years, which stand in most reports. */
  noEndpointUntyped: refusal(
    404,
    "No endpoints found matching your data policy (Paid model training). Configure: https://openrouter.ai/settings/privacy",
  ),
  noEndpointForGuardrail: refusal(
    404,
    "No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy",
  ),
  constraintFiltered: unavailable(404, "No endpoints found that satisfy max_price", "not_found", {
    code: "constraint_filtered",
    excluded_by: ["max_price"],
    constraint: { field: "max_price", detail: "All endpoints cost more than 1 USD per million tokens" },
  }),
  modelGone: unavailable(404, "This model was deprecated. Its successor is openai/gpt-5.1.", "not_found", {
    code: "model_deprecated",
    fallback_models: ["openai/gpt-5.1"],
  }),
  modelGoneUpstream: unavailable(404, "The provider has removed this model", "not_found", {
    code: "model_unavailable_upstream",
  }),
  modelGoneUntyped: refusal(404, "No endpoints found for anthropic/claude-3.7-sonnet."),
  freeEnded: unavailable(
    404,
    "The free period of qwen/qwen3-coder:free has ended. To continue, use the paid slug: qwen/qwen3-coder",
    "not_found",
    { code: "free_variant_ended", fallback_models: ["qwen/qwen3-coder"] },
  ),
  unknownModel: unknownModelProblem("acme/fake-1.0"),
  noToolUse: noSupportProblem("tool use"),
  noImageInput: noSupportProblem("image input"),
  timeout: refusal(408, "Operation timed out. Please try again later.", { error_type: "timeout" }),
  tooLarge: refusal(413, "Request payload too large", { error_type: "payload_too_large" }),
  unprocessable: refusal(422, "The request could not be processed", { error_type: "unprocessable" }),
  rateLimited: refusal(
    429,
    "Rate limit exceeded",
    { error_type: "rate_limit_exceeded", provider_code: "rate_limited" },
    { "Retry-After": "2" },
  ),
  /** By OpenRouter itself, which then says what the limit is, but not when to come back. */
  rateLimitedByPlatform: refusal(
    429,
    "Rate limit exceeded",
    { error_type: "rate_limit_exceeded" },
    { "X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795737660000" },
  ),
  capacityExhausted: unavailable(
    429,
    "All providers for anthropic/claude-sonnet-4.5 are at capacity. Retry after 40 seconds.",
    "rate_limit_exceeded",
    {
      code: "capacity_exhausted",
      retryable: true,
      retry_after: 40,
      affected_providers: ["anthropic", "amazon-bedrock", "google-vertex"],
      fallback_models: ["openai/gpt-5.1"],
    },
    { "Retry-After": "40" },
  ),
  freeRateLimited: freeLimit("free-models-per-min", "20"),
  freeRateLimitedToday: freeLimit(
    "free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
    "50",
  ),
  /** The provider of a free model limits it for all of its users together. */
  freeRateLimitedUpstream: refusal(429, "Provider returned error", {
    raw: "qwen/qwen3-coder:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: https://openrouter.ai/settings/integrations",
    provider_name: "Chutes",
  }),
  server: refusal(500, "Internal Server Error", { error_type: "server" }),
  badGateway: refusal(502, "Provider returned error", {
    error_type: "provider_unavailable",
    provider_code: "bad_response",
  }),
  overloaded: unavailable(
    503,
    "All providers for deepseek/deepseek-v3.2 are temporarily unavailable",
    "provider_overloaded",
    { code: "temporarily_unavailable", retryable: true, retry_after: 3 },
    { "Retry-After": "3" },
  ),
  edgeTimeout: refusal(524, "Request timed out. Please try again later."),
  providerOverloaded: refusal(529, "Provider returned error", {
    error_type: "provider_overloaded",
    provider_code: "overloaded_error",
  }),
} satisfies Record<string, Answer>;

/** `requested` tokens of the answer can't be paid, only that many. What is scarce: the account's credits, or the key's. */
export function affordProblem(
  requested: number,
  affordable: number,
  scarce: "credits" | { limitReset: LimitReset | null },
): Answer {
  return refusal(
    402,
    `This request requires more credits, or fewer max_tokens. You requested up to ${requested} tokens, but can only afford ${affordable}. To increase, ${howToIncrease(scarce)}`,
    { provider_name: null },
  );
}

/** The prompt alone can't be paid. */
export function promptProblem(
  tokens: number,
  affordable: number,
  scarce: "credits" | { limitReset: LimitReset | null },
): Answer {
  return refusal(
    402,
    `Prompt tokens limit exceeded: ${tokens} > ${affordable}. To increase, ${howToIncrease(scarce)}`,
    { provider_name: null },
  );
}

/** The key has spent its own limit. */
export function keyLimitProblem(limitReset: LimitReset | null): Answer {
  return refusal(
    403,
    `Key limit exceeded (${limitReset ?? "total"} limit). Manage it using https://openrouter.ai/settings/keys`,
  );
}

export function contextProblem(window: number, text: number, tools: number, output: number): Answer {
  const toolInput = tools > 0 ? `, ${tools} of tool input` : "";
  return refusal(
    400,
    `This endpoint's maximum context length is ${window} tokens. However, you requested about ${text + tools + output} tokens (${text} of text input${toolInput}, ${output} in the output). Please reduce the length of either one, or use the context-compression plugin to compress your prompt automatically.`,
    { provider_name: null },
  );
}

/** A refusal because of the model's name. */
export function refuseModel(status: number, message: string): Answer {
  return refusal(status, message);
}

export function unknownModelProblem(id: string): Answer {
  return unavailable(400, `${id} is not a valid model ID`, "invalid_request", {
    code: "model_not_found",
    requested_models: [id],
  });
}

/** `what`: such as `tool use`, `image input`. */
export function noSupportProblem(what: string): Answer {
  return refusal(
    404,
    `No endpoints found that support ${what}. To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection`,
  );
}

/** A refusal of a provider, with its own words inside. */
export function providerProblem(message: string, provider: string): Answer {
  return refusal(400, "Provider returned error", {
    raw: JSON.stringify({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }),
    provider_name: provider,
    error_type: "invalid_request",
  });
}

export function invalidRequest(message: string): Answer {
  return refusal(400, message, { error_type: "invalid_request" });
}

function freeLimit(which: string, limit: string): Answer {
  const headers = {
    "X-RateLimit-Limit": limit,
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-Reset": "1795737660000",
  };
  return refusal(
    429,
    `Rate limit exceeded: ${which}`,
    { headers, provider_name: null, error_type: "rate_limit_exceeded" },
    headers,
  );
}

function howToIncrease(scarce: "credits" | { limitReset: LimitReset | null }): string {
  return scarce === "credits"
    ? "visit https://openrouter.ai/settings/credits and add more credits"
    : `visit https://openrouter.ai/settings/keys and create a key with a higher ${scarce.limitReset ?? "total"} limit`;
}

/** The other fields of `error.availability`, which stands beside the usual ones. */
function unavailable(
  status: number,
  message: string,
  error_type: string,
  { code, ...rest }: JsonObject & { code: string },
  headers?: Record<string, string>,
): Answer {
  const availability = {
    code,
    retryable: false,
    requested_models: [],
    ...rest,
    docs_url: `https://openrouter.ai/docs/errors#${code}`,
  };
  return {
    status,
    headers,
    body: {
      error: { code: status, message, error_type, http_status: status, availability },
      user_id: userId,
    },
  };
}

function refusal(
  status: number,
  message: string,
  metadata?: JsonObject,
  headers?: Record<string, string>,
): Answer {
  return { status, headers, body: { error: { code: status, message, metadata }, user_id: userId } };
}
