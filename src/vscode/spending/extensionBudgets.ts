import { commands, l10n, window } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { enterableUsd } from "../../common/enteredUsd";
import { errorText, type Log } from "../../common/log";
import { plainText } from "../../common/plainText";
import { fromUsd, toUsd } from "../../spending/amounts";
import { type AppliedBudget, budgetOf, withBudget } from "../../spending/budgetSetting";
import type { BudgetState, Budgets } from "../../spending/budgets";
import { isRaised } from "../../spending/raisedBudgets";
import { confirm } from "../confirm";
import { deliberate } from "../deliberate";
import { showUsdBox } from "../usdBox";
import { formatUtcDay } from "../utcDayText";
import { allowQuestion, raiseQuestion } from "./budgetQuestions";
import { budgetsSetting, readBudgets } from "./budgetSettings";
import { monthlyAmount, monthText, spenderText, spentAmount } from "./budgetTexts";

/** USD a month that are suggested where there is no budget yet. */
const suggestion = 5;

/** Shows what extensions spent and may spend, and lets the user set that. */
export class ExtensionBudgets {
  constructor(
    private readonly budgets: Pick<Budgets, "budgetOf" | "month">,
    /** Writes an extension's own budget in USD; undefined removes it. */
    private readonly write: (extension: string, usd: number | undefined) => Promise<void>,
    private readonly log: Pick<Log, "warn">,
  ) {}

  /** The budget that applies, such as "$5.00 a month"; undefined where none does. */
  budgetText(extension: string): string | undefined {
    const budget = this.budgets.budgetOf(extension);
    return budget === undefined || budget === "invalid" ? undefined : monthlyAmount(budget.amount);
  }

  /** What each extension spent this month, such as "$1.20 of $5.00 this month". */
  async month(): Promise<(extension: string) => string> {
    const month = await this.#month();
    return (extension) => (month ? monthText(month(extension)) : l10n.t("Can't read what was spent"));
  }

  /**
   * Lets the user enter the extension's own budget. Any extension can accept an input by VS Code's commands: what
   * gives away more than before is asked about in a dialog.
   * @param allows whether that also allows the extension to use the models, which must not be for nothing then
   * @returns whether it was written
   */
  async set(extension: string, { allows = false } = {}): Promise<boolean> {
    const state = (await this.#month())?.(extension);
    const options = boxOptions(extension, this.budgets.budgetOf(extension), state, allows);
    const entered = await showUsdBox(options);
    const before = this.budgets.budgetOf(extension); // which may have been changed meanwhile
    if (!entered || (entered.usd === undefined && before === undefined)) return false;
    try {
      const after = budgetOf(withBudget(readBudgets(), extension, entered.usd), extension);
      if (allows || isRaised(before, after)) {
        const question = allows ? allowQuestion(extension, after) : raiseQuestion(extension, before, after);
        if (!(await deliberate(() => confirm(...question)))) return false;
      }
      await this.write(extension, entered.usd);
      return true;
    } catch (error) {
      this.log.warn(`Can't write a budget: ${errorText(error)}`);
      const reason = error instanceof Error && !(error instanceof TypeError) ? plainText(error.message) : "";
      const detail = reason || l10n.t("Correct the setting {0}, then try again.", budgetsSetting);
      const message = l10n.t("The budget couldn't be saved. Nothing was changed.");
      const open = l10n.t("Open Settings");
      if (await window.showErrorMessage(message, { modal: true, detail }, open))
        await commands.executeCommand(vscodeCommandIds.openSettings, budgetsSetting);
      return false;
    }
  }

  async #month(): Promise<((extension: string) => BudgetState) | undefined> {
    try {
      return await this.budgets.month();
    } catch (error) {
      this.log.warn(`Can't read what was spent: ${errorText(error)}`);
      return undefined;
    }
  }
}

function boxOptions(
  extension: string,
  before: AppliedBudget,
  state: BudgetState | undefined,
  allows: boolean,
): Parameters<typeof showUsdBox>[0] {
  const budget = before === "invalid" ? undefined : before;
  const what = l10n.t("The most it may spend in a calendar month (UTC), in USD.");
  const late = l10n.t("Costs are known only afterwards, so its last request may exceed that.");
  const remove = budget?.isOwn && !allows ? ` ${l10n.t("Leave it empty to remove the budget.")}` : "";
  return {
    title: l10n.t("Budget of {0}", spenderText(extension)),
    prompt: `${what} ${late}${remove}`,
    value: enterableUsd(budget ? toUsd(budget.amount) : suggestion),
    placeholder: allows ? undefined : l10n.t("No budget of its own"),
    warning: (usd) =>
      state && state.spent > 0 && fromUsd(usd) <= state.spent
        ? l10n.t(
            "It has already spent {0} this month. With this budget, it can use only free models until {1}.",
            ...[spentAmount(state.spent), formatUtcDay(state.resets)],
          )
        : undefined,
  };
}
