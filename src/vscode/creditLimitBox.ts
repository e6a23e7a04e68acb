import { l10n } from "vscode";
import { isCreditLimit } from "../openrouter/creditLimit";
import { showUsdBox, type UsdBoxOptions } from "./usdBox";

/** Asks for a key's credit limit, in USD, as OpenRouter takes it. Returns what `showUsdBox` does. */
export const showCreditLimitBox = (options: Omit<UsdBoxOptions, "refusal" | "warning">) =>
  showUsdBox({
    ...options,
    refusal: (usd) =>
      isCreditLimit(String(usd)) ? undefined : l10n.t("Enter an amount with at most six decimals."),
    warning: (usd) =>
      usd === 0 ? l10n.t("With this limit, the key can be used only for free models.") : undefined,
  });
