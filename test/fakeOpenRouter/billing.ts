import type { Answer, JsonObject } from "./answer";
import { chatProblems } from "./chatProblems";
import type { FakeModel } from "./fakeModel";
import { type IssuedKey, limitRemaining } from "./keys";
import { affordProblem, keyLimitProblem, promptProblem } from "./refusal";

/** What a model asks for, in USD for each token. A router's prices are those of the model that it chooses. */
const priceOf = (model: FakeModel, what: "prompt" | "completion") => Math.max(0, Number(model.pricing[what]));

/** Why this request can't be paid, if it can't. `credits` is what the account has left, in USD. */
export function billingProblem(
  model: FakeModel,
  key: IssuedKey,
  credits: number,
  promptTokens: number,
  maxTokens: number,
): Answer | undefined {
  const isFree = priceOf(model, "prompt") + priceOf(model, "completion") === 0;
  if (isFree) return credits < 0 ? chatProblems.outOfCredits : undefined;
  if (credits <= 0) return chatProblems.outOfCredits;
  const left = limitRemaining(key) ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return keyLimitProblem(key.limitReset);
  const budget = Math.min(left, credits);
  const scarce = left <= credits ? { limitReset: key.limitReset } : "credits";
  if (promptTokens * priceOf(model, "prompt") > budget) {
    return promptProblem(promptTokens, Math.floor(budget / priceOf(model, "prompt")), scarce);
  }
  const rest = budget - promptTokens * priceOf(model, "prompt");
  const affordable = Math.floor(rest / priceOf(model, "completion"));
  return affordable < maxTokens ? affordProblem(maxTokens, affordable, scarce) : undefined;
}

/** What the tokens cost, and `usage` of the answer: `ChatUsage` in OpenRouter's OpenAPI document. */
export function bill(
  model: FakeModel,
  tokens: { prompt: number; completion: number; reasoning: number },
  fixedCost?: number,
): { cost: number; usage: JsonObject } {
  const promptCost = tokens.prompt * priceOf(model, "prompt");
  const completionCost = tokens.completion * priceOf(model, "completion");
  const cost = fixedCost ?? promptCost + completionCost;
  return {
    cost,
    usage: {
      prompt_tokens: tokens.prompt,
      completion_tokens: tokens.completion,
      total_tokens: tokens.prompt + tokens.completion,
      cost,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_prompt_cost: promptCost,
        upstream_inference_completions_cost: completionCost,
      },
      completion_tokens_details: { reasoning_tokens: tokens.reasoning, audio_tokens: 0 },
    },
  };
}
