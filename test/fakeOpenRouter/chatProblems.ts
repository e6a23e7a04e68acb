import type { Answer } from "./answer";
import {
  affordProblem,
  contextProblem,
  freeLimit,
  keyLimitProblem,
  noSupportProblem,
  promptProblem,
  refusal,
  resetsAt,
  unavailable,
  unknownModelProblem,
} from "./refusal";

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
    { "X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": resetsAt },
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
