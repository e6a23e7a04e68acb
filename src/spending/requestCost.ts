import { type Amounts, fromUsd } from "./amounts";

/** What one request took so far, or in all. Costs are in USD. */
export interface RequestCost {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  readonly cost: number;
  readonly upstreamCost?: number;
  /** Whether OpenRouter told no cost. */
  readonly isEstimate: boolean;
}

/** The same as it's kept. */
export function requestAmounts({ isEstimate, cost, upstreamCost = 0, ...tokens }: RequestCost): Amounts {
  return {
    requests: 1,
    estimatedRequests: isEstimate ? 1 : 0,
    promptTokens: tokens.promptTokens,
    cachedTokens: tokens.cachedTokens,
    completionTokens: tokens.completionTokens,
    reasoningTokens: tokens.reasoningTokens,
    cost: fromUsd(cost),
    estimatedCost: isEstimate ? fromUsd(cost) : 0,
    upstreamCost: fromUsd(upstreamCost),
  };
}
