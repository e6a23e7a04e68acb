import { env, l10n } from "vscode";
import { formatSpending, formatUsd } from "../../common/usd";
import type { ChatError } from "../../models/chatError";
import { formatUtcDay } from "../utcDayText";
import type { ChatErrorContext } from "./chatErrorContext";

/** How much was spent, since when, until when, and where to change that. */
export function overBudgetText(
  { usedBudget }: ChatError["details"],
  { initiator, kind }: ChatErrorContext,
): string {
  const { spent = 0, budget = 0, since = "", resets = "" } = usedBudget ?? {};
  const [used, most] = [formatSpending(spent, env.language), formatUsd(budget, env.language)];
  const [first, next] = [formatUtcDay(since), formatUtcDay(resets)];
  // The chat gets a link to the setting.
  if (kind === "chat")
    return budget === 0
      ? l10n.t("The budget of VS Code's chat is {0}. Choose a free model, or change the budget.", most)
      : l10n.t(
          "VS Code's chat has spent {0} of its budget of {1} since {2}. Change the budget, choose a free model, or wait until it resets on {3}.",
          ...[used, most, first, next],
        );
  // What isn't named has no entry of its own.
  const change =
    kind === "unnamed"
      ? l10n.t("To change it, see the setting connectOpenRouter.extensionBudgets.")
      : l10n.t("To change it, run OpenRouter: Manage Model Access.");
  const what =
    budget === 0
      ? l10n.t("The budget of {0} is {1}, so it may use only free models.", initiator, most)
      : l10n.t(
          "{0} has spent {1} of its budget of {2} since {3}. The budget resets on {4}.",
          ...[initiator, used, most, first, next],
        );
  return `${what} ${change}`;
}
