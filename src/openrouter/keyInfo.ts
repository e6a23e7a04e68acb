import * as z from "zod/mini";

const usd = z.nullish(z.number());

/**
 * What a key is, may spend and has spent, as `GET /api/v1/key` tells its holder: of OpenRouter's OpenAPI
 * document what is in use, in camelCase. All amounts are USD; days, weeks (from Monday) and months are UTC.
 * What may be missing is what this can do without: an unknown limit must not pass for none.
 */
export const KeyInfo = z.object({
  /** The key, masked. */
  label: z.optional(z.string()),
  limit: z.nullable(z.number()),
  /** What counts: `limit - usage` is wrong once a limit resets. */
  limitRemaining: usd,
  /** `daily`, `weekly`, `monthly`, or what OpenRouter may add. */
  limitReset: z.nullish(z.string()),
  usageDaily: usd,
  usageWeekly: usd,
  usageMonthly: usd,
  /** ISO 8601. */
  expiresAt: z.nullish(z.string()),
  isFreeTier: z.optional(z.boolean()),
  isManagementKey: z.optional(z.boolean()),
  creatorUserId: z.nullish(z.string()),
});
export type KeyInfo = z.infer<typeof KeyInfo>;
