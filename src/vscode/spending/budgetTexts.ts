import { env, l10n } from "vscode";
import { formatSpending, formatUsd } from "../../common/usd";
import { toUsd } from "../../spending/amounts";
import { forAllOthers } from "../../spending/budgetSetting";
import type { BudgetState } from "../../spending/budgets";
import { vscodeChat } from "../../spending/spending";
import { extensionName } from "../extensionName";

/** A budget or a part of one, exactly. @param amount in billionths of a USD */
export const budgetAmount = (amount: number) => formatUsd(toUsd(amount), env.language);

/** A budget, such as "$5.00 a month". @param amount in billionths of a USD */
export const monthlyAmount = (amount: number) => l10n.t("{0} a month", budgetAmount(amount));

/** What was spent, as it is shown of measured amounts. @param amount in billionths of a USD */
export const spentAmount = (amount: number) => formatSpending(toUsd(amount), env.language);

/** Who spends, as the user knows it. @param extension its id; "" for one that VS Code doesn't name */
export function spenderText(extension: string): string {
  if (extension === "") return l10n.t("An unknown extension");
  if (extension === forAllOthers) return l10n.t("all other extensions");
  return extension.toLowerCase() === vscodeChat ? l10n.t("VS Code's chat") : extensionName(extension);
}

/** What was spent in this month, and of what budget: "$1.20 of $5.00 this month". */
export function monthText({ spent, budget }: Pick<BudgetState, "spent" | "budget">): string {
  if (budget === undefined) return l10n.t("{0} this month", spentAmount(spent));
  return budget === "invalid"
    ? l10n.t("{0} this month, invalid budget", spentAmount(spent))
    : l10n.t("{0} of {1} this month", spentAmount(spent), budgetAmount(budget.amount));
}
