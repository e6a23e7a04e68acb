import { l10n } from "vscode";
import type { ToolKeyTerms } from "../../tools/toolKeyRequest";
import { showCreditLimitBox } from "../creditLimitBox";
import { pickLimitReset } from "../limitResetPick";
import type { OwnKeySettings } from "../settings";

/**
 * Asks for the limit of a tool's own key, and when it resets. The settings for new keys are the proposal.
 * @returns undefined where the user canceled
 */
export async function askForToolKeyTerms(
  name: string,
  { requestedTerms: proposed, limitReset }: OwnKeySettings,
): Promise<ToolKeyTerms | undefined> {
  const title = l10n.t("API Key for {0}", name);
  const entered = await showCreditLimitBox({
    title,
    prompt: l10n.t("The most the key may spend, in USD. Leave it empty for no limit."),
    value: proposed.limit ?? "",
    placeholder: l10n.t("No limit"),
  });
  if (!entered) return undefined;
  const { expiresAt } = proposed;
  const terms = { keyLabel: name, ...(expiresAt !== undefined && { expiresAt }) };
  if (entered.usd === undefined) return terms;
  const reset = await pickLimitReset(title, limitReset);
  return (
    reset && {
      ...terms,
      limit: String(entered.usd),
      ...(reset !== "never" && { usageLimitType: reset }),
    }
  );
}
