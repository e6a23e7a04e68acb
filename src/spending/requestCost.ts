import { type Amounts, fromUsd, whole } from "./amounts";

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
export function requestAmounts({ isEstimate, upstreamCost = 0, ...request }: RequestCost): Amounts {
  const cost = whole(fromUsd(request.cost));
  return {
    requests: 1,
    estimatedRequests: isEstimate ? 1 : 0,
    promptTokens: whole(request.promptTokens),
    cachedTokens: whole(request.cachedTokens),
    completionTokens: whole(request.completionTokens),
    reasoningTokens: whole(request.reasoningTokens),
    cost,
    estimatedCost: isEstimate ? cost : 0,
    upstreamCost: whole(fromUsd(upstreamCost)),
  };
}
