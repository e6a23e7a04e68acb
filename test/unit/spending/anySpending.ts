import fc from "fast-check";
import { type Amounts, amountsOf } from "../../../src/spending/amounts";
import type { LedgerRow } from "../../../src/spending/ledgerFile";
import type { Spender } from "../../../src/spending/spending";

export const spender = (extension = "a.b", model = "m/n", key = "k"): Spender => ({ extension, model, key });

/** One request at that cost, in billionths of a USD. */
export const request = (cost: number, partial: Partial<Amounts> = {}): Amounts => ({
  ...amountsOf(() => 0),
  requests: 1,
  cost,
  ...partial,
});

const count = fc.nat(1_000_000);

export const anyAmounts: fc.Arbitrary<Amounts> = fc.record({
  requests: fc.constant(1),
  estimatedRequests: fc.nat(1),
  promptTokens: count,
  cachedTokens: count,
  completionTokens: count,
  reasoningTokens: count,
  cost: fc.nat(10_000_000_000),
  estimatedCost: count,
  upstreamCost: count,
});

export const anySpender: fc.Arbitrary<Spender> = fc.record({
  extension: fc.constantFrom("", "a.b", "c.d", "github.copilot-chat"),
  model: fc.constantFrom("m/n", "m/n:free", "@preset/x"),
  key: fc.constantFrom("k", "l"),
});

export const anyRow: fc.Arbitrary<LedgerRow> = fc
  .tuple(anySpender, anyAmounts)
  .map(([who, amounts]) => ({ ...who, ...amounts }));
