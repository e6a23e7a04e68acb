import fc from "fast-check";
import { noAmounts } from "../../../src/spending/amounts";
import type { Spending } from "../../../src/spending/spending";
import { addDays } from "../../../src/spending/utcDays";

export const today = "2026-11-27";

/** What is needed of a test, and otherwise one request of an extension this day. */
export const spending = (changes: Partial<Spending> = {}): Spending => ({
  ...noAmounts,
  day: today,
  extension: "a.a",
  model: "openai/gpt",
  key: "key",
  requests: 1,
  ...changes,
});

const tokens = fc.nat(1_000_000);
/** In billionths of a USD. */
const cost = fc.oneof(fc.constant(0), fc.nat(5_000), fc.nat(2_000_000_000));

/** Whatever a ledger may have: up to 100 days old, or of tomorrow where a clock was set back; of a few extensions, models, and keys. */
export const anySpendings = fc.array(
  fc
    .record({
      day: fc.integer({ min: -3, max: 100 }).map((age) => addDays(today, -age)),
      extension: fc.constantFrom("", ..."abcdefghij".split("").map((letter) => `${letter}.${letter}`)),
      model: fc.constantFrom("openai/gpt", "anthropic/claude", "google/gemini:free", "@preset/mine"),
      key: fc.constantFrom("key", "other"),
      requests: fc.integer({ min: 1, max: 1000 }),
      promptTokens: tokens,
      cachedTokens: tokens,
      completionTokens: tokens,
      reasoningTokens: tokens,
      cost,
      upstreamCost: cost,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(
      ({ share, ...others }): Spending => ({
        ...others,
        estimatedRequests: Math.floor(others.requests * share),
        estimatedCost: Math.floor(others.cost * share),
      }),
    ),
  { maxLength: 60 },
);
