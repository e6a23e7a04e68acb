import * as z from "zod/mini";
import { isCreditLimit } from "./creditLimit";

/** A UTC time with seconds, such as `2027-12-31T23:59:59Z`; OpenRouter rejects minute precision. */
const isUtcWithSeconds = (text: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** The terms that the user requests for a new key, as OpenRouter's authorization request takes them. */
export const KeyTerms = z.object({
  /** Credit limit of the key to be created, in USD, as a decimal such as `"100.0"`. */
  limit: z.optional(
    z
      .string()
      .check(z.refine(isCreditLimit, "must be a decimal in USD such as 12.5, with at most six decimals")),
  ),
  /** Pre-fills the key's label on the consent page. */
  keyLabel: z.optional(
    z.string().check(z.refine((text) => text.length <= 100, "must have at most 100 characters")),
  ),
  /** When the limit resets; left out, it never does. */
  usageLimitType: z.optional(z.enum(["daily", "weekly", "monthly"], "must be daily, weekly or monthly")),
  /** When the key expires: ISO 8601, UTC, with seconds. */
  expiresAt: z.optional(
    z.string().check(
      z.refine(isUtcWithSeconds, "must be a UTC time with seconds such as 2027-12-31T23:59:59Z"),
      z.refine((text) => !(Date.parse(text) <= Date.now()), "must be in the future"),
    ),
  ),
});
export type KeyTerms = z.infer<typeof KeyTerms>;
