import { l10n, window } from "vscode";
import type { AccessQuestionsHost } from "../../models/accessQuestions";
import type { Terms } from "../../openrouter/terms";
import type { Session } from "../../sessions/session";
import { deliberate } from "../deliberate";
import { extensionName } from "../extensionName";
import { keyName } from "../keys/keyName";
import { keyTermsText } from "../keys/keyTermsText";
import type { ModelBudgets } from "./modelBudgets";

/**
 * Asks in a modal dialog, which no extension can answer. Closing it is no answer.
 * @param termsOf what is known of a key
 */
export const askForModelAccess =
  (
    termsOf: (session: Session) => Terms | undefined,
    budgets: Pick<ModelBudgets, "budgetText" | "set">,
  ): AccessQuestionsHost["ask"] =>
  async (extension, session) => {
    const allow = l10n.t("Allow");
    const allowUpTo = l10n.t("Allow up to…");
    const deny = l10n.t("Don't Allow");
    // What VS Code doesn't name has no budget of its own.
    const buttons = extension === undefined ? [allow, deny] : [allow, allowUpTo, deny];
    const question =
      extension === undefined
        ? l10n.t("Allow an extension that VS Code doesn't name to use your OpenRouter models?")
        : l10n.t("Allow {0} to use your OpenRouter models?", extensionName(extension));
    for (;;) {
      const detail = [
        payment(keyName(session), termsOf(session)),
        limit(budgets.budgetText(extension ?? "")),
        extension === undefined
          ? l10n.t("Your answer counts in this window, until it's closed.")
          : l10n.t("To change this later, run OpenRouter: Manage Model Access."),
      ];
      const options = { modal: true, detail: detail.filter((text) => text !== "").join(" ") };
      const chosen = await deliberate(() => window.showInformationMessage(question, options, ...buttons));
      if (chosen !== allowUpTo || !extension) return chosen === undefined ? undefined : chosen === allow;
      if (await budgets.set(extension, { allows: true })) return true;
    }
  };

function payment(key: string, terms: Terms | undefined): string {
  if (!terms) return l10n.t("Its requests are paid from your key {0}.", key);
  return terms.limit === undefined
    ? l10n.t("Its requests are paid from your key {0}, which has no credit limit.", key)
    : l10n.t("Its requests are paid from your key {0}. Credit limit: {1}.", key, keyTermsText(terms));
}

const limit = (budget: string | undefined) =>
  budget === undefined ? "" : l10n.t("Budget of the extension: {0}.", budget);
