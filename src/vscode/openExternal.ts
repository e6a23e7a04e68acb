import { env, l10n, type Uri, window } from "vscode";
import type { Action } from "./showError";

/**
 * Opens exactly this URL in the user's browser; false when the user declined. A `Uri` would be encoded again, which
 * breaks a callback URL within it (microsoft/vscode#85930). A string is opened as it is, although the type doesn't
 * say so (microsoft/vscode#173239).
 */
export const openExternalUrl = async (url: string): Promise<boolean> =>
  env.openExternal(url as unknown as Uri);

/** Offers the URL of a page that was not opened, to be opened in any browser, and what else helps. */
export const offerUrl = async (url: string, ...others: readonly Action[]): Promise<void> => {
  const copy = { title: l10n.t("Copy Link"), run: () => env.clipboard.writeText(url) };
  const chosen = await window.showWarningMessage(
    l10n.t("The browser didn't open. Copy the link to OpenRouter's page and open it yourself."),
    copy,
    ...others,
  );
  await chosen?.run();
};
