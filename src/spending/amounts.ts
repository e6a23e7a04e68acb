/**
 * What requests took: tokens, and costs in billionths of a USD. They're whole numbers, so that sums are exact whatever
 * their order.
 */
export interface Amounts {
  readonly requests: number;
  /** How many of them OpenRouter told no cost of, such as a request that was canceled. */
  readonly estimatedRequests: number;
  /** Those from the cache included. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  /** Those of reasoning included. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** What OpenRouter charged. */
  readonly cost: number;
  /** As much of it as is an estimate. */
  readonly estimatedCost: number;
  /** What the user's own provider keys were charged besides. */
  readonly upstreamCost: number;
}

/** Amounts made of a number for each name. */
export const amountsOf = (value: (name: keyof Amounts) => number): Amounts => ({
  requests: value("requests"),
  estimatedRequests: value("estimatedRequests"),
  promptTokens: value("promptTokens"),
  cachedTokens: value("cachedTokens"),
  completionTokens: value("completionTokens"),
  reasoningTokens: value("reasoningTokens"),
  cost: value("cost"),
  estimatedCost: value("estimatedCost"),
  upstreamCost: value("upstreamCost"),
});

export const noAmounts = amountsOf(() => 0);

/** A number as it's kept, whatever a server said: whole, not less than zero, and not so great that it can't be whole. */
export const whole = (number: number): number =>
  Math.min(Math.max(Math.round(number), 0), Number.MAX_SAFE_INTEGER) || 0;

export const sum = (all: readonly Amounts[]): Amounts =>
  amountsOf((name) => all.reduce((total, amounts) => whole(total + amounts[name]), 0));

/** All that it cost the user, in billionths of a USD. */
export const spent = ({ cost, upstreamCost }: Amounts): number => cost + upstreamCost;

const unit = 1e9;

/** Billionths of a USD as USD. */
export const toUsd = (billionths: number): number => billionths / unit;

/** USD as billionths of a USD. */
export const fromUsd = (usd: number): number => Math.round(usd * unit);
