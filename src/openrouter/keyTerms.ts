import * as z from "zod/mini";
import type { KeyInfo } from "./keyInfo";

/** A UTC time with seconds, such as `2027-12-31T23:59:59Z`; OpenRouter rejects minute precision. */
const isUtcWithSeconds = (text: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** The terms that the user requests for a new key, as OpenRouter's authorization request takes them. */
export const KeyTerms = z.object({
  /** Credit limit of the key to be created, in USD, as a decimal such as `"100.0"`. */
  limit: z.optional(
    z
      .string()
      // Fifteen digits are as many as a number holds exactly, and stay clear of exponent form on the wire.
      .check(
        z.refine(
          (text) => /^\d{1,15}(\.\d{1,6})?$/.test(text),
          "must be a decimal in USD such as 12.5, with at most six decimals",
        ),
      ),
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

/** The terms of a key, requested or granted, in a form to compare; undefined is none. */
export interface Terms {
  /** USD. */
  readonly limit: number | undefined;
  readonly reset: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
}

/** The terms of an authorization request. */
export const requestedTerms = ({ limit, usageLimitType, expiresAt }: KeyTerms): Terms => ({
  limit: limit === undefined ? undefined : Number(limit),
  reset: usageLimitType,
  expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
});

/** The terms that a key has. */
export const grantedTerms = ({ limit, limitReset, expiresAt }: KeyInfo): Terms => ({
  limit: limit ?? undefined,
  // Without a limit there is nothing to reset, whatever the response says.
  reset: (limit !== null && limitReset) || undefined,
  expiresAt: expiresAt ? Date.parse(expiresAt) : undefined,
});

/** Whether two terms are the same to a user: to a millionth of a dollar, and to the minute. */
export const sameTerms = (a: Terms, b: Terms) =>
  isNear(a.limit, b.limit, 1e-6) && a.reset === b.reset && isNear(a.expiresAt, b.expiresAt, 60_000);

const isNear = (a: number | undefined, b: number | undefined, tolerance: number) =>
  a === undefined || b === undefined ? a === b : Math.abs(a - b) < tolerance;
