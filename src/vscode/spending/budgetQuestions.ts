import { l10n } from "vscode";
import type { AppliedBudget } from "../../spending/budgetSetting";
import type { confirm } from "../confirm";
import { monthlyAmount, spenderText } from "./budgetTexts";

/** What `confirm` shows. */
type Question = Parameters<typeof confirm>;

/** Whether the extension may use the models, for so much. */
export const allowQuestion = (extension: string, after: AppliedBudget): Question => [
  l10n.t("Allow {0} to spend up to {1}?", spenderText(extension), afterText(after)),
  l10n.t("To change this later, run OpenRouter: Manage Model Access."),
  l10n.t("Allow"),
];

/** Whether it may spend more than before. */
export function raiseQuestion(extension: string, before: AppliedBudget, after: AppliedBudget): Question {
  const name = spenderText(extension);
  const keyLimit = l10n.t("The limit of your key still holds.");
  if (after === undefined)
    return [l10n.t("Remove the budget of {0}?", name), keyLimit, l10n.t("Remove Budget")];
  const question =
    before === undefined || before === "invalid"
      ? l10n.t("Set the budget of {0} to {1}?", name, afterText(after))
      : l10n.t(
          "Raise the budget of {0} from {1} to {2}?",
          ...[name, monthlyAmount(before.amount), afterText(after)],
        );
  return [question, keyLimit, l10n.t("Set Budget")];
}

const afterText = (after: AppliedBudget) =>
  after === undefined || after === "invalid" ? "?" : monthlyAmount(after.amount);
