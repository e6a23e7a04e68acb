import type { OpenRouterModel } from "../openrouter/model";

/** Tokens of an answer where the provider doesn't say: as many as most of those that do. */
const usualOutput = 32_768;

/** Tokens. */
export interface ModelWindow {
  readonly input: number;
  readonly output: number;
  /** Both together. */
  readonly total: number;
}

/** How a model's window is divided: the answer gets what the provider serves, half at most, and the prompt the rest. */
export function modelWindow({
  contextLength: total,
  maxCompletionTokens = usualOutput,
}: Pick<OpenRouterModel, "contextLength" | "maxCompletionTokens">): ModelWindow {
  const output = Math.min(maxCompletionTokens, Math.floor(total / 2));
  return { input: total - output, output, total };
}
