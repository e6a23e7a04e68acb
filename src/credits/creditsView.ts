import { withoutRest } from "../common/usd";
import type { KeyInfo } from "../openrouter/keyInfo";
import { serverTime } from "./serverClock";

const day = 24 * 60 * 60_000;
/** Milliseconds before its expiry from which a key is warned of. */
const expiryNotice = 3 * day;

/** How urgently the user should look. */
export type Severity = "normal" | "warning" | "error";
/** The rows that there can be, in no order. */
export type RowName =
  | "limit"
  | "left"
  | "resets"
  | "usedToday"
  | "usedThisWeek"
  | "usedThisMonth"
  | "expires"
  | "tier"
  | "label";

/** One figure: an amount in USD, a time in milliseconds since the epoch, a word, or several of them. */
export interface Row {
  readonly name: RowName;
  readonly usd?: number;
  readonly time?: number;
  readonly text?: string;
}

/** What is shown of a key, independent of language. */
export interface CreditsView {
  /** In USD: what is left of the limit, or, without a limit, what was used today if that is known. */
  readonly headline: { readonly left: number } | { readonly usedToday: number | undefined };
  readonly severity: Severity;
  readonly rows: readonly Row[];
}

/** Something that the user is notified of once. */
export interface CreditAlert {
  readonly kind: "low" | "empty" | "expiring";
  /** The same for as long as another notification would repeat it: one threshold, one reset period. */
  readonly id: string;
}

interface AlertContext {
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly now: number;
  /** When OpenRouter told this about the key, and so accepted it, by the same clock. */
  readonly at?: number;
  /** Percent of the limit; 0 turns warnings off. */
  readonly warnBelow: number;
}

/** What to show of a key. */
export function creditsView(key: KeyInfo, context: AlertContext): CreditsView {
  const left = usdOf(key.limitRemaining);
  const expires = expiry(key);
  const reset = key.limit === null ? undefined : (key.limitReset ?? undefined);
  const resetTime = reset && nextReset(reset, serverTime(context.now, context.at, key.answeredAt));
  const kinds = creditAlerts(key, context).map(({ kind }) => kind);
  const timeLeft = timeUntilExpiry(key, context);
  return {
    // Spending beyond the limit leaves nothing; the row below shows how much beyond.
    headline: left === undefined ? { usedToday: usdOf(key.usageDaily) } : { left: Math.max(0, left) },
    severity:
      kinds.includes("empty") || (timeLeft !== undefined && timeLeft <= 0)
        ? "error"
        : kinds.length > 0
          ? "warning"
          : "normal",
    rows: [
      { name: "limit", ...(key.limit !== null && { usd: withoutRest(key.limit) }) },
      ...amount("left", left),
      ...(reset ? [{ name: "resets", text: reset, ...(resetTime && { time: resetTime }) } as const] : []),
      ...amount("usedToday", key.usageDaily),
      ...amount("usedThisWeek", key.usageWeekly),
      ...amount("usedThisMonth", key.usageMonthly),
      // A time that can't be read doesn't mean never.
      ...(key.expiresAt && expires === undefined
        ? []
        : [{ name: "expires", ...(expires !== undefined && { time: expires }) } as const]),
      ...(key.isFreeTier ? [{ name: "tier" } as const] : []),
      ...(key.label ? [{ name: "label", text: key.label } as const] : []),
    ],
  };
}

/** What is wrong with the key, or will be soon. */
export function creditAlerts(key: KeyInfo, context: AlertContext): CreditAlert[] {
  const { limit } = key;
  const left = usdOf(key.limitRemaining);
  const now = serverTime(context.now, context.at, key.answeredAt);
  const timeLeft = timeUntilExpiry(key, context);
  const found: CreditAlert[] = [];
  const period = `${limit}/${nextReset(key.limitReset ?? "", now) ?? ""}`;
  if (left !== undefined) {
    if (left <= 0) found.push({ kind: "empty", id: `empty/${period}` });
    else if (limit !== null && left / limit < context.warnBelow / 100)
      found.push({ kind: "low", id: `low/${period}` });
  }
  if (timeLeft !== undefined && timeLeft > 0 && timeLeft <= expiryNotice)
    found.push({ kind: "expiring", id: `expiring/${expiry(key)}` });
  return found;
}

/**
 * Milliseconds until the key expires. Undefined if it never does, or if it would have been expired when OpenRouter
 * accepted it: then this computer's clock is wrong, by an unknown time.
 */
function timeUntilExpiry(key: KeyInfo, { now, at }: AlertContext): number | undefined {
  const expires = expiry(key);
  const acceptedAt = at === undefined ? Number.NEGATIVE_INFINITY : serverTime(at, at, key.answeredAt);
  if (expires === undefined || expires <= acceptedAt) return undefined;
  return expires - serverTime(now, at, key.answeredAt);
}

/** When the current UTC day, week (from Monday) or month ends; undefined for an unknown reset. */
export function nextReset(reset: string, now: number): number | undefined {
  const date = new Date(now);
  const [year, month, today] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (reset === "daily") return Date.UTC(year, month, today + 1);
  if (reset === "weekly") return Date.UTC(year, month, today + ((8 - date.getUTCDay()) % 7 || 7));
  if (reset === "monthly") return Date.UTC(year, month + 1);
  return undefined;
}

function expiry({ expiresAt }: KeyInfo): number | undefined {
  const time = Date.parse(expiresAt ?? "");
  return Number.isNaN(time) ? undefined : time;
}

const amount = (name: RowName, usd: number | null | undefined): Row[] =>
  typeof usd === "number" ? [{ name, usd: withoutRest(usd) }] : [];

const usdOf = (amount: number | null | undefined): number | undefined =>
  typeof amount === "number" ? withoutRest(amount) : undefined;
