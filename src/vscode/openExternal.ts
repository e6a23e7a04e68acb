import { env, l10n, type Uri, window } from "vscode";

/**
 * Opens exactly this address in the person's browser; false when it stayed closed. A Uri would be encoded
 * anew and break a callback URL within it (microsoft/vscode#85930); a string is opened as it is, though
 * the type doesn't tell (microsoft/vscode#173239).
 */
export const openExternalUrl = async (address: string): Promise<boolean> =>
  env.openExternal(address as unknown as Uri);

/** Hands over the address of a page that stayed closed: it may be opened in any browser. */
export const offerAddress = async (address: string): Promise<void> => {
  const copy = l10n.t("Copy Address");
  const chosen = await window.showWarningMessage(
    l10n.t("The browser was not opened. Copy the address of OpenRouter's page and open it yourself."),
    copy,
  );
  if (chosen === copy) await env.clipboard.writeText(address);
};
