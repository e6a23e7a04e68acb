import { commands, l10n, window } from "vscode";
import { commandIds, vscodeCommandIds } from "../../commandIds";
import { type BudgetsHost, isUsedUp } from "../../spending/budgets";
import { formatUtcDay } from "../utcDayText";
import { budgetsSetting } from "./budgetSettings";
import { budgetAmount, spenderText, spentAmount } from "./budgetTexts";
import type { ExtensionBudgets } from "./extensionBudgets";

type NearlyUsedUp = Parameters<BudgetsHost["warn"]>[0];

/** Warns of an extension that has spent most of its budget, or all of it, with what helps. */
export async function warnOfBudget(
  state: NearlyUsedUp,
  budgets: Pick<ExtensionBudgets, "set">,
): Promise<void> {
  const { extension } = state;
  // What VS Code doesn't name has no budget of its own.
  const change = extension === "" ? l10n.t("Open Settings") : l10n.t("Set Budget…");
  const showSpending = l10n.t("Show Spending");
  const chosen = await window.showWarningMessage(message(state), change, showSpending);
  if (chosen === showSpending) await commands.executeCommand(commandIds.showSpending);
  if (chosen !== change) return;
  if (extension === "") await commands.executeCommand(vscodeCommandIds.openSettings, budgetsSetting);
  else await budgets.set(extension);
}

function message(state: NearlyUsedUp): string {
  const { extension, spent, budget, resets } = state;
  const [name, most] = [spenderText(extension), budgetAmount(budget.amount)];
  return isUsedUp(state)
    ? l10n.t(
        "{0} has used up its budget of {1} for this month. Until {2}, it can use only free models of OpenRouter.",
        ...[name, most, formatUtcDay(resets)],
      )
    : l10n.t(
        "{0} has spent {1} of its budget of {2} for this month on OpenRouter's models.",
        ...[name, spentAmount(spent), most],
      );
}
