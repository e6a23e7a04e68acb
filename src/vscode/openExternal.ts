import { env, l10n, type Uri, window } from "vscode";

/**
 * Opens exactly this URL in the user's browser; false when the user declined. A `Uri` would be encoded again, which
 * breaks a callback URL within it (microsoft/vscode#85930). A string is opened as it is, although the type doesn't
 * say so (microsoft/vscode#173239).
 */
export const openExternalUrl = async (url: string): Promise<boolean> =>
  env.openExternal(url as unknown as Uri);

/** Offers the URL of a page that was not opened, to be opened in any browser. */
export const offerUrl = async (url: string): Promise<void> => {
  const copy = l10n.t("Copy Link");
  const chosen = await window.showWarningMessage(
    l10n.t("The browser didn't open. Copy the link to OpenRouter's page and open it yourself."),
    copy,
  );
  if (chosen === copy) await env.clipboard.writeText(url);
};
