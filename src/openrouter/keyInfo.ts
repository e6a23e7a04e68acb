import * as z from "zod/mini";

const usd = z.nullish(z.number());

/**
 * What a key is, may spend and has spent: the fields in use of `GET /api/v1/key` in OpenRouter's OpenAPI document,
 * in camelCase. All amounts are USD; days, weeks (from Monday) and months are UTC. The limit must be there, since an
 * unknown limit must not pass for none.
 */
export const KeyInfo = z.object({
  /** The key, masked. */
  label: z.optional(z.string()),
  limit: z.nullable(z.number()),
  /** The authoritative figure: `limit - usage` is wrong once a limit has reset. */
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
  /** Not of the document: the server's clock when it responded, in milliseconds since the epoch, if it said so. */
  answeredAt: z.optional(z.number()),
});
export type KeyInfo = z.infer<typeof KeyInfo>;
