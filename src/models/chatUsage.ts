import { isObject } from "../common/isObject";
import type { ChatUsage } from "../openrouter/chat";

/** Parses `ChatUsage` of OpenRouter's OpenAPI document. Undefined where tokens are missing: no answer fails by it. */
export function parseChatUsage(usage: unknown): ChatUsage | undefined {
  const {
    prompt_tokens: prompt,
    completion_tokens: completion,
    cost,
    is_byok: hasOwnKey,
    prompt_tokens_details: promptDetails,
    completion_tokens_details: completionDetails,
    cost_details: costDetails,
  } = fields(usage);
  if (!isAmount(prompt) || !isAmount(completion)) return undefined;
  const { cached_tokens: cached } = fields(promptDetails);
  const { reasoning_tokens: reasoning } = fields(completionDetails);
  const { upstream_inference_cost: upstreamCost } = fields(costDetails);
  return {
    promptTokens: prompt,
    completionTokens: completion,
    cachedTokens: isAmount(cached) ? cached : 0,
    reasoningTokens: isAmount(reasoning) ? reasoning : 0,
    ...(isAmount(cost) && { cost }),
    // Without a key of the user's own, it's what OpenRouter paid.
    ...(hasOwnKey === true && isAmount(upstreamCost) && { upstreamCost }),
  };
}

const fields = (value: unknown) => (isObject(value) ? value : {});

const isAmount = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;
