import type { ChatFailure } from "./chatError";
import type { ServerError } from "./serverError";

/** What an error must have, all of it, to mean a failure. */
interface Rule {
  readonly failure: ChatFailure;
  readonly status?: readonly number[];
  readonly type?: readonly string[];
  readonly limitSource?: readonly string[];
  readonly availability?: readonly string[];
  /** In OpenRouter's own message. */
  readonly text?: RegExp;
  /** In it, or in what the provider said. */
  readonly anyText?: RegExp;
  readonly when?: (error: ServerError, model: string) => boolean;
}

/**
 * What OpenRouter's errors mean. The first rule that fits counts, so what says more comes first: limits and
 * availability by their codes, then known texts, then the type, and the status at last. Sources: OpenRouter's guides
 * "Limits" and "Errors and Debugging"; the texts are from reports of users.
 */
const rules: readonly Rule[] = [
  { failure: "freeRateLimited", status: [429], text: /\bfree[- ]model/i },
  // Unless it's the provider that is busy, with all that use it: buying credits doesn't help there.
  {
    failure: "freeRateLimited",
    status: [429],
    when: ({ provider, raw, limitSource, availability }, model) =>
      model.endsWith(":free") && !provider && !raw && !availability && !limitSource.startsWith("upstream"),
  },
  { failure: "freeRateLimited", limitSource: ["openrouter_free_tier_daily"] },
  { failure: "rateLimited", limitSource: ["openrouter_in_flight_budget"] },
  { failure: "keyLimit", limitSource: ["openrouter_key_limit"] },
  { failure: "keyLimit", status: [402, 403], text: /key limit exceeded|create a key with a higher/i },
  { failure: "guardrail", limitSource: ["openrouter_guardrail_budget", "openrouter_workspace_budget"] },
  { failure: "tooFewCredits", status: [402], text: /can only afford|prompt tokens limit exceeded/i },
  { failure: "tooFewCredits", status: [402], when: ({ reason }) => reason === "weight_exceeds_budget" },
  { failure: "tooFewCredits", type: ["token_limit_exceeded"] },

  {
    failure: "modelGone",
    availability: [
      "model_not_found",
      "model_deprecated",
      "model_unavailable_upstream",
      "free_variant_ended",
      "wrong_endpoint",
    ],
  },
  {
    failure: "noEndpoint",
    availability: ["no_endpoints", "privacy_restricted", "constraint_filtered", "region_restricted"],
  },
  { failure: "overloaded", availability: ["temporarily_unavailable"] },
  // Of a model that has none at all. Where there are some, the text says what they must have.
  { failure: "modelGone", status: [404], text: /no endpoints found for \S+$/i },
  // Of tools or images, which no setting brings.
  { failure: "badRequest", status: [404], text: /no endpoints found that support \w/i },
  {
    failure: "noEndpoint",
    status: [400, 403, 404, 503],
    text: /no endpoints? |no allowed providers|all providers have been ignored|data policy|routing requirements/i,
  },
  { failure: "modelGone", status: [400, 404], text: /not a valid model|model not found/i },

  { failure: "promptTooLong", type: ["context_length_exceeded", "string_too_long"] },
  {
    failure: "promptTooLong",
    status: [400, 413, 422],
    anyText: /maximum context length|prompt is too long/i,
  },
  { failure: "guardrail", status: [403], when: ({ hasPatterns }) => hasPatterns },
  { failure: "moderated", status: [403], when: ({ hasReasons }) => hasReasons },
  { failure: "guardrail", status: [403], text: /guardrail|request blocked/i },
  { failure: "moderated", status: [403], text: /flagged|moderation/i },
  { failure: "moderated", type: ["content_policy_violation", "refusal"] },

  { failure: "cutOff", type: ["max_tokens_exceeded"] },
  // It is a key for the provider that was refused, such as the user's own.
  { failure: "providerKeyRefused", status: [401], when: ({ provider }) => provider !== "" },
  { failure: "keyRefused", type: ["authentication"] },
  { failure: "outOfCredits", type: ["payment_required"] },
  { failure: "notPermitted", type: ["permission_denied"] },
  { failure: "rateLimited", type: ["rate_limit_exceeded"] },
  { failure: "overloaded", type: ["provider_overloaded", "provider_unavailable", "timeout"] },
  { failure: "modelGone", type: ["not_found"] },
  { failure: "tooLarge", type: ["payload_too_large"] },
  {
    failure: "badRequest",
    type: [
      "invalid_request",
      "invalid_prompt",
      "precondition_failed",
      "unprocessable",
      "invalid_image",
      "image_too_large",
      "image_too_small",
      "unsupported_image_format",
      "image_not_found",
      "image_download_failed",
    ],
  },
  { failure: "server", type: ["server", "unmapped"] },

  { failure: "keyRefused", status: [401] },
  { failure: "outOfCredits", status: [402] },
  { failure: "notPermitted", status: [403] },
  { failure: "modelGone", status: [404] },
  { failure: "tooLarge", status: [413] },
  { failure: "rateLimited", status: [429] },
  { failure: "overloaded", status: [408, 502, 503, 504, 524, 529] },
  { failure: "badRequest", when: ({ status }) => status >= 400 && status < 500 },
  { failure: "server", when: ({ status }) => status >= 500 },
];

/** What an error of OpenRouter's means. @param model the one that was asked */
export function chatFailure(error: ServerError, model: string): ChatFailure {
  return rules.find((rule) => fits(rule, error, model))?.failure ?? "providerError";
}

function fits(rule: Rule, error: ServerError, model: string): boolean {
  const { status, type, limitSource, availability, text, anyText, when } = rule;
  return (
    (!status || status.includes(error.status)) &&
    (!type || type.includes(error.type)) &&
    (!limitSource || limitSource.includes(error.limitSource)) &&
    (!availability || availability.includes(error.availability)) &&
    (!text || text.test(error.message)) &&
    (!anyText || anyText.test(`${error.message}\n${error.raw}`)) &&
    (!when || when(error, model))
  );
}
