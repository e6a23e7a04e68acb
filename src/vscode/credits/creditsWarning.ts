import { commands, env, l10n, window } from "vscode";
import type { Concern } from "../../credits/creditsView";
import { formatSpending, formatUsd } from "../../credits/usd";
import type { KeyInformation } from "../../openrouter/keyInfo";
import type { Session } from "../../sessions/session";
import { openPage } from "../keys/keyPages";
import { ago } from "../relativeTime";

/** Tells of a key that is near its limit or its end, with the action that helps. */
export async function warnOfCredits(session: Session, { kind }: Concern, key: KeyInformation): Promise<void> {
  const raise = l10n.t("Raise the Limit");
  const reconnect = l10n.t("Reconnect");
  const isCredit = kind === "low" || kind === "empty";
  const chosen = await window.showWarningMessage(message(kind, key), isCredit ? raise : reconnect);
  if (chosen === raise) await openPage("key", session);
  if (chosen === reconnect) await commands.executeCommand("connectOpenRouter.connect");
}

function message(kind: Concern["kind"], { limit, limitRemaining, expiresAt }: KeyInformation): string {
  const of = formatUsd(limit ?? 0, env.language);
  switch (kind) {
    case "low":
      return l10n.t(
        "Only {0} is left of your OpenRouter key's limit of {1}.",
        formatSpending(limitRemaining ?? 0, env.language),
        of,
      );
    case "empty":
      return l10n.t("Your OpenRouter key has used up its limit of {0}.", of);
    case "expiring":
      return l10n.t("Your OpenRouter key expires {0}.", ago(Date.parse(expiresAt ?? ""), Date.now()));
    case "expired":
      return l10n.t("Your OpenRouter key has expired.");
  }
}
