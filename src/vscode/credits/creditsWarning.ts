import { commands, env, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { formatSpending, formatUsd } from "../../common/usd";
import type { CreditAlert } from "../../credits/creditsView";
import type { KeyInfo } from "../../openrouter/keyInfo";
import type { Session } from "../../sessions/session";
import { openKeyPage } from "../keys/keyPages";
import { relativeTime } from "../relativeTime";

/** Warns of a key that is near its limit or its expiry, with the action that helps. */
export async function warnOfCredits(session: Session, { kind }: CreditAlert, key: KeyInfo): Promise<void> {
  const raise = l10n.t("Raise Limit");
  const reconnect = l10n.t("Reconnect");
  const isCredit = kind === "low" || kind === "empty";
  const chosen = await window.showWarningMessage(message(kind, key), isCredit ? raise : reconnect);
  if (chosen === raise) await openKeyPage("key", session);
  if (chosen === reconnect) await commands.executeCommand(commandIds.connect, session.id);
}

function message(
  kind: CreditAlert["kind"],
  { limit, limitRemaining, expiresAt, answeredAt }: KeyInfo,
): string {
  const of = formatUsd(limit ?? 0, env.language);
  switch (kind) {
    case "low":
      return l10n.t(
        "Your OpenRouter key has {0} left of its {1} limit.",
        formatSpending(limitRemaining ?? 0, env.language),
        of,
      );
    case "empty":
      return l10n.t("Your OpenRouter key has reached its {0} limit.", of);
    case "expiring":
      return l10n.t(
        "Your OpenRouter key expires {0}.",
        relativeTime(Date.parse(expiresAt ?? ""), answeredAt ?? Date.now()),
      );
  }
}
