import { l10n, window } from "vscode";
import { confirm } from "../confirm";
import { deliberate } from "../deliberate";

/**
 * Deletes what was spent, if the user says so in a dialog: any extension can run the command, and gain by it, since
 * budgets begin again. Resolves to whether it was deleted. Rejects where it can't be.
 */
export async function clearSpending(history: { clear(): Promise<void> }): Promise<boolean> {
  const isConfirmed = await deliberate(() =>
    confirm(
      l10n.t("Clear the spending history?"),
      l10n.t(
        "It's deleted for all windows and profiles: what each extension spent, by model and day. Budgets begin again at zero for this month. OpenRouter's own count stays, and so does your credit limit. This can't be undone.",
      ),
      l10n.t("Clear History"),
    ),
  );
  if (!isConfirmed) return false;
  await history.clear();
  void window.showInformationMessage(l10n.t("The spending history was cleared."));
  return true;
}
