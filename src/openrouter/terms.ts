import type { KeyInfo } from "./keyInfo";
import type { KeyTerms } from "./keyTerms";

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

/** Whether only the limit differs, and is lower: so the user set it on OpenRouter's page, which has a field for it. */
export const isLowered = (requested: Terms, { limit, ...granted }: Terms) =>
  limit !== undefined &&
  limit < (requested.limit ?? Number.POSITIVE_INFINITY) &&
  sameTerms({ ...requested, limit }, { limit, ...granted });

const isNear = (a: number | undefined, b: number | undefined, tolerance: number) =>
  a === undefined || b === undefined ? a === b : Math.abs(a - b) < tolerance;
