import { env, l10n, type QuickPickItem } from "vscode";
import { showCreditLimitBox } from "../creditLimitBox";
import { pickLimitReset } from "../limitResetPick";
import { pickOne } from "../pickOne";
import { type CreditLimit, isCreditLimitDecided, readCreditLimitReset, writeCreditLimit } from "../settings";

/** What is proposed, in USD. */
const proposals = [5, 10, 25];

/** Asks how much a new key may spend, as long as nobody has decided that. The answer goes into the settings. */
export class CreditLimitQuestion {
  #open: Promise<boolean> | undefined;

  /** @param answered called once the answer is in the settings */
  constructor(private readonly answered: () => void) {}

  get isNeeded(): boolean {
    return !isCreditLimitDecided();
  }

  /**
   * False where the user canceled. Whoever asks while it's open gets the same answer. Throws `SettingError` where the
   * setting for the reset is invalid, and `SettingsNotWritten`.
   */
  ask(): Promise<boolean> {
    this.#open ??= this.#ask().finally(() => {
      this.#open = undefined;
    });
    return this.#open;
  }

  async #ask(): Promise<boolean> {
    const answer = await askForLimit(l10n.t("How much may this key spend?"), readCreditLimitReset());
    if (!answer) return false;
    await writeCreditLimit(answer);
    this.answered();
    return true;
  }
}

/** Undefined where the user canceled. */
async function askForLimit(
  title: string,
  proposedReset: CreditLimit["reset"],
): Promise<CreditLimit | undefined> {
  const limit = await askForAmount(title);
  if (limit === undefined) return undefined;
  if (limit === null) return { limit, reset: proposedReset };
  let wentBack = false;
  const reset = await pickLimitReset(title, proposedReset, () => {
    wentBack = true;
  });
  return wentBack ? askForLimit(title, proposedReset) : reset && { limit, reset };
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
    { label: l10n.t("Another Amount…") },
    { label: l10n.t("No limit"), description: l10n.t("can spend all your credits"), limit: null },
  ];
  const placeholder = l10n.t("OpenRouter holds the key to this limit, whatever an extension does");
  const chosen = await pickOne({ title, placeholder, items, step: 1, totalSteps: 2 });
  if (!chosen || chosen.limit !== undefined) return chosen?.limit;
  let wentBack = false;
  const entered = await showCreditLimitBox({
    title,
    prompt: l10n.t("The most the key may spend, in USD."),
    value: "",
    onBack: () => {
      wentBack = true;
    },
  });
  return wentBack ? askForAmount(title) : entered?.usd;
}
