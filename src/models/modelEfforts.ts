import type { OpenRouterModel } from "../openrouter/model";

/** All that OpenRouter accepts, by its OpenAPI document (`ReasoningEffort`). */
const allEfforts = ["max", "xhigh", "high", "medium", "low", "minimal", "none"];

/** The efforts that a model takes, highest first; none where it doesn't reason. */
export function modelEfforts({ reasoning }: Pick<OpenRouterModel, "reasoning">): readonly string[] {
  if (!reasoning) return [];
  const efforts = reasoning.efforts ?? allEfforts;
  return reasoning.mandatory ? efforts.filter((effort) => effort !== "none") : efforts;
}
