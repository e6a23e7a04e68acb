import { createHash, randomBytes } from "node:crypto";
import type { JsonObject } from "./answer";
import type { KeyTerms } from "./authRequest";

/** An API key that the fake OpenRouter knows. Tests assign to its fields to spend, disable and expire it. */
export interface IssuedKey extends KeyTerms {
  readonly key: string;
  userId: string | null;
  /** The name shown in the owner's list of keys. (In `GET /key`, `label` is the masked key.) */
  label: string;
  workspaceId: string | null;
  /** USD, all time. */
  usage: number;
  usageDaily: number;
  usageWeekly: number;
  usageMonthly: number;
  /** USD, spent through the user's own provider keys. The same for every period. */
  byokUsage: number;
  includeByokInLimit: boolean;
  isFreeTier: boolean;
  isManagementKey: boolean;
  disabled: boolean;
}

export function createKey(partial: Partial<IssuedKey>): IssuedKey {
  return {
    key: `sk-or-v1-${randomBytes(32).toString("hex")}`,
    userId: null,
    label: "A key",
    workspaceId: null,
    limit: null,
    limitReset: null,
    expiresAt: null,
    usage: 0,
    usageDaily: 0,
    usageWeekly: 0,
    usageMonthly: 0,
    byokUsage: 0,
    includeByokInLimit: false,
    isFreeTier: false,
    isManagementKey: false,
    disabled: false,
    ...partial,
  };
}

/** Spends this many USD now, which counts for every period. */
export function spend(issued: IssuedKey, usd: number): void {
  issued.usage += usd;
  issued.usageDaily += usd;
  issued.usageWeekly += usd;
  issued.usageMonthly += usd;
}

export function isUsable(issued: IssuedKey, now: number): boolean {
  return !issued.disabled && (issued.expiresAt === null || now < Date.parse(issued.expiresAt));
}

/** The hash that identifies a key in OpenRouter's URLs: `/keys/<hash>`, `/logs?api_key_hash=<hash>`. */
export function hashOf(issued: IssuedKey): string {
  return createHash("sha256").update(issued.key).digest("hex");
}

/** As OpenRouter's OpenAPI document shows it: `sk-or-v1-0e6...1c96`. */
export function maskedLabel({ key }: IssuedKey): string {
  return key.replace(/^(sk-or-v1-)?(.{3}).*(.{4})$/s, "$1$2...$3");
}

/**
 * The body of `GET /api/v1/key`: every field that OpenRouter's OpenAPI document requires, and four more that
 * version 1.3.19 of the official SDK requires.
 */
export function keyInformation(issued: IssuedKey): JsonObject {
  return {
    data: {
      label: maskedLabel(issued),
      limit: issued.limit,
      limit_remaining: limitRemaining(issued),
      limit_reset: issued.limitReset,
      include_byok_in_limit: issued.includeByokInLimit,
      usage: issued.usage,
      usage_daily: issued.usageDaily,
      usage_weekly: issued.usageWeekly,
      usage_monthly: issued.usageMonthly,
      byok_usage: issued.byokUsage,
      byok_usage_daily: issued.byokUsage,
      byok_usage_weekly: issued.byokUsage,
      byok_usage_monthly: issued.byokUsage,
      expires_at: issued.expiresAt,
      is_free_tier: issued.isFreeTier,
      is_management_key: issued.isManagementKey,
      is_provisioning_key: issued.isManagementKey,
      creator_user_id: issued.userId,
      rate_limit: { requests: -1, interval: "10s", note: "This field is deprecated and safe to ignore." },
      organization_id: null,
      workspace_id: issued.workspaceId,
      allowed_data_regions: ["global"],
      free_model_daily_requests: { limit: 1000, remaining: 1000, used: 0 },
    },
  };
}

/** What is left until the limit resets. (`limit - usage` would include the usage of earlier periods.) */
export function limitRemaining(issued: IssuedKey): number | null {
  if (issued.limit === null) return null;
  const { usage, usageDaily, usageWeekly, usageMonthly } = issued;
  const spent = { never: usage, daily: usageDaily, weekly: usageWeekly, monthly: usageMonthly };
  const byok = issued.includeByokInLimit ? issued.byokUsage : 0;
  return Math.max(0, issued.limit - spent[issued.limitReset ?? "never"] - byok);
}
