import { isObject } from "../common/isObject";

type Check = (value: unknown) => boolean;
const isBoolean: Check = (value) => typeof value === "boolean";
const isText: Check = (value) => typeof value === "string" && value !== "";
const isTexts: Check = (value) => Array.isArray(value) && value.length > 0 && value.every(isText);

/**
 * The parameters of `ChatRequest`, in OpenRouter's OpenAPI document, that an extension may set: how the model writes.
 *
 * Not which model that is (`models`, `route`, `plugins`), who gets to see the prompt (`provider`, `trace`, `metadata`,
 * `user`), and what it costs besides (`plugins`, `service_tier`, `modalities`, `image_config`, server tools in
 * `tools` and `tool_choice`, `cache_control`, `web_search_options`): the user chose and allowed something else. Nor
 * what has no place in VS Code's answers (`logprobs`, `debug`).
 */
const parameters: Readonly<Record<string, Check>> = {
  temperature: Number.isFinite,
  top_p: Number.isFinite,
  top_k: Number.isSafeInteger,
  top_a: Number.isFinite,
  min_p: Number.isFinite,
  frequency_penalty: Number.isFinite,
  presence_penalty: Number.isFinite,
  repetition_penalty: Number.isFinite,
  logit_bias: isObject,
  seed: Number.isSafeInteger,
  stop: (value) => isText(value) || isTexts(value),
  parallel_tool_calls: isBoolean,
  prediction: isObject,
  response_format: isObject,
  verbosity: isText,
  prompt_cache_key: isText,
};

/** What an extension passed as `modelOptions`, without what it may not set, and what isn't of the right type. */
export const modelParameters = (options: unknown): Readonly<Record<string, unknown>> =>
  isObject(options) ? pick(options, parameters) : {};

/** The tokens of an answer, at least 1; undefined where the extension sets no limit. */
export function requestedMaxTokens(options: unknown): number | undefined {
  const { max_completion_tokens: tokens, max_tokens: deprecated } = isObject(options) ? options : {};
  return [tokens, deprecated].find(
    (value): value is number => Number.isSafeInteger(value) && Number(value) >= 1,
  );
}

const reasoningParameters: Readonly<Record<string, Check>> = {
  effort: isText,
  max_tokens: Number.isSafeInteger,
  enabled: isBoolean,
  exclude: isBoolean,
  summary: isText,
};

/** How much the model is to think, if the extension says so. */
export function requestedReasoning(options: unknown): Readonly<Record<string, unknown>> | undefined {
  const { reasoning, reasoning_effort: effort } = isObject(options) ? options : {};
  const picked = pick(isObject(reasoning) ? reasoning : { effort }, reasoningParameters);
  return Object.keys(picked).length > 0 ? picked : undefined;
}

const pick = (from: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>) =>
  Object.fromEntries(
    Object.entries(checks)
      .filter(([name, check]) => Object.hasOwn(from, name) && check(from[name]))
      .map(([name]) => [name, from[name]]),
  );
