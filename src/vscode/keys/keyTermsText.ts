import { env, l10n } from "vscode";
import { plainText } from "../../common/plainText";
import { formatUsd } from "../../common/usd";
import type { Terms } from "../../openrouter/terms";
import { formatTime } from "../relativeTime";

/** The limit and the expiry of a key, in a few words that fit after a colon. */
export function keyTermsText({ limit, reset, expiresAt }: Terms): string {
  const text =
    limit === undefined ? l10n.t("no credit limit") : limitText(formatUsd(limit, env.language), reset);
  return expiresAt === undefined ? text : l10n.t("{0}, expires {1}", text, formatTime(expiresAt));
}

function limitText(usd: string, reset: string | undefined): string {
  if (reset === "daily") return l10n.t("{0} a day", usd);
  if (reset === "weekly") return l10n.t("{0} a week", usd);
  if (reset === "monthly") return l10n.t("{0} a month", usd);
  return reset === undefined ? l10n.t("{0} total", usd) : `${usd} (${plainText(reset)})`;
}
