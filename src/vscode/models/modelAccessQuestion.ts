import { l10n, window } from "vscode";
import type { AccessQuestionsHost } from "../../models/accessQuestions";
import type { Terms } from "../../openrouter/keyTerms";
import type { Session } from "../../sessions/session";
import { deliberate } from "../deliberate";
import { extensionName } from "../extensionName";
import { keyName } from "../keys/keyName";
import { keyTermsText } from "../keys/keyTermsText";

/**
 * Asks in a modal dialog, which no extension can answer. Closing it is no answer.
 * @param termsOf what is known of a key
 */
export const askForModelAccess =
  (termsOf: (session: Session) => Terms | undefined): AccessQuestionsHost["ask"] =>
  async (extension, session) => {
    const allow = l10n.t("Allow");
    const deny = l10n.t("Don't Allow");
    const question =
      extension === undefined
        ? l10n.t("Allow an extension that VS Code doesn't name to use your OpenRouter models?")
        : l10n.t("Allow {0} to use your OpenRouter models?", extensionName(extension));
    const options = { modal: true, detail: detail(extension !== undefined, session, termsOf(session)) };
    const chosen = await deliberate(() => window.showInformationMessage(question, options, allow, deny));
    return chosen === undefined ? undefined : chosen === allow;
  };

function detail(isNamed: boolean, session: Session, terms: Terms | undefined): string {
  const change = isNamed
    ? l10n.t("To change this later, run OpenRouter: Manage Model Access.")
    : l10n.t("Your answer counts in this window, until it's closed.");
  return `${payment(keyName(session), terms)} ${change}`;
}

function payment(key: string, terms: Terms | undefined): string {
  if (!terms) return l10n.t("Its requests are paid from your key {0}.", key);
  return terms.limit === undefined
    ? l10n.t("Its requests are paid from your key {0}, which has no credit limit.", key)
    : l10n.t("Its requests are paid from your key {0}. Credit limit: {1}.", key, keyTermsText(terms));
}
