import type { Answer, JsonObject } from "./answer";
import type { LimitReset } from "./authRequest";

/** As in most of OpenRouter's errors. Nothing of a server's answer may appear in a log. */
const userId = "user_2yOPcMpKoQhcd4bVgSMlELRaIah";

/** What can't pay for more: the account's credits, or the key's limit. */
export type Scarce = "credits" | { limitReset: LimitReset | null };

/** OpenRouter's usual error. */
export function refusal(
  status: number,
  message: string,
  metadata?: JsonObject,
  headers?: Record<string, string>,
): Answer {
  return { status, headers, body: { error: { code: status, message, metadata }, user_id: userId } };
}

/**
 * An error because the model can't be had, of 2026: with `error.availability`, whose other fields are given here, and
 * with the type beside the code.
 */
export function unavailable(
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

/** `requested` tokens of the answer can't be paid, only that many. What is scarce: the account's credits, or the key's. */
export function affordProblem(requested: number, affordable: number, scarce: Scarce): Answer {
  return refusal(
    402,
    `This request requires more credits, or fewer max_tokens. You requested up to ${requested} tokens, but can only afford ${affordable}. To increase, ${howToIncrease(scarce)}`,
    { provider_name: null },
  );
}

/** The prompt alone can't be paid. */
export function promptProblem(tokens: number, affordable: number, scarce: Scarce): Answer {
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

/** When a rate limit starts again, in milliseconds since the epoch: in an hour. */
export const resetsAt = String(Date.now() + 60 * 60_000);

/** The limits of free models. */
export function freeLimit(which: string, limit: string): Answer {
  const headers = {
    "X-RateLimit-Limit": limit,
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-Reset": resetsAt,
  };
  return refusal(
    429,
    `Rate limit exceeded: ${which}`,
    { headers, provider_name: null, error_type: "rate_limit_exceeded" },
    headers,
  );
}

function howToIncrease(scarce: Scarce): string {
  return scarce === "credits"
    ? "visit https://openrouter.ai/settings/credits and add more credits"
    : `visit https://openrouter.ai/settings/keys and create a key with a higher ${scarce.limitReset ?? "total"} limit`;
}
