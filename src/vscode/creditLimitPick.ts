import { env, l10n, type QuickPickItem } from "vscode";
import { showCreditLimitBox } from "./creditLimitBox";
import { pickLimitReset } from "./limitResetPick";
import { pickOne } from "./pickOne";
import type { CreditLimit } from "./settings";

/** What is proposed, in USD. */
const proposals = [5, 10, 25];

/**
 * Asks how much a new key may spend, and how that resets.
 * @param proposedReset what Enter takes
 * @returns undefined where the user canceled
 */
export async function askForCreditLimit(
  proposedReset: CreditLimit["reset"],
): Promise<CreditLimit | undefined> {
  const title = l10n.t("How much may this key spend?");
  const limit = await askForAmount(title);
  if (limit === undefined) return undefined;
  if (limit === null) return { limit, reset: proposedReset };
  let wentBack = false;
  const reset = await pickLimitReset(title, proposedReset, () => {
    wentBack = true;
  });
  return wentBack ? askForCreditLimit(proposedReset) : reset && { limit, reset };
}

interface Row extends QuickPickItem {
  /** Undefined for another amount. */
  readonly limit?: CreditLimit["limit"];
}

async function askForAmount(title: string): Promise<CreditLimit["limit"] | undefined> {
  const format = { style: "currency", currency: "USD", maximumFractionDigits: 0 } as const;
  const { format: asText } = new Intl.NumberFormat(env.language, format);
  const items: Row[] = [
    ...proposals.map((limit) => ({ label: asText(limit), limit })),
    { label: l10n.t("Another Amount…"), alwaysShow: true }, // which may be typed at once
    { label: l10n.t("No limit"), description: l10n.t("can spend all your credits"), limit: null },
  ];
  const placeholder = l10n.t("OpenRouter enforces this limit, whatever an extension does");
  const chosen = await pickOne({ title, placeholder, items, step: 1, totalSteps: 2 });
  if (!chosen || chosen.item.limit !== undefined) return chosen?.item.limit;
  let wentBack = false;
  const entered = await showCreditLimitBox({
    title,
    prompt: l10n.t("The most the key may spend, in USD."),
    value: chosen.typed,
    ...{ step: 1, totalSteps: 2 }, // as the list that it stands for
    onBack: () => {
      wentBack = true;
    },
  });
  return wentBack ? askForAmount(title) : entered?.usd;
}
