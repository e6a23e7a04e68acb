import { env, l10n, ThemeIcon, window } from "vscode";
import { maskApiKey } from "../../openrouter/apiKey";
import type { SignInHost } from "../../signIn/signInHost";
import { describeError } from "../errorMessages";
import { showSecretInputBox } from "../inputBox";
import { openExternalUrl } from "../openExternal";

export const askForCode: SignInHost["askForCode"] = ({ address, opened, reason }, signal, submit) => {
  const why = l10n.t(
    "OpenRouter can't lead back to this editor's address, as it accepts only https on port 443 or 3000 here.",
  );
  const ask = opened
    ? l10n.t("Approve on OpenRouter's page and paste the code that it shows.")
    : l10n.t(
        "The browser was not opened. Copy the page's address with the button above, and paste the code that it shows.",
      );
  return showSecretInputBox(
    {
      title: l10n.t("Connect with a Code"),
      placeholder: l10n.t("The code, or the address that the browser ended at"),
      prompt: reason ? `${why} ${ask}` : ask,
      buttons: [
        {
          iconPath: new ThemeIcon("copy"),
          tooltip: l10n.t("Copy the Page's Address"),
          run: () => env.clipboard.writeText(address),
        },
        {
          iconPath: new ThemeIcon("link-external"),
          tooltip: l10n.t("Open the Page Again"),
          run: () => openExternalUrl(address),
        },
      ],
    },
    signal,
    submit,
  );
};

/** Nothing is lost by closing the question: both keys are kept. */
export const askReplace: SignInHost["askReplace"] = async ({ key }) => {
  const replace = l10n.t("Replace");
  const keepBoth = { title: l10n.t("Keep Both"), isCloseAffordance: true };
  const chosen = await window.showInformationMessage(
    l10n.t("You are connected with this OpenRouter account already. Replace its key?"),
    {
      modal: true,
      detail: l10n.t(
        "Extensions that use {0} then get the new key. The old one stays valid on OpenRouter until you revoke it there.",
        maskApiKey(key),
      ),
    },
    { title: replace, isCloseAffordance: false },
    keepBoth,
  );
  return chosen?.title === replace ? "replace" : "keepBoth";
};

export const offerKeyForCopying: SignInHost["offerKeyForCopying"] = async (key, error) => {
  const tryAgain = l10n.t("Try Again");
  const copy = l10n.t("Copy API Key");
  let detail = l10n.t(
    "OpenRouter can't show this key again. Copy it to a safe place, or try to store it once more.",
  );
  for (;;) {
    const chosen = await window.showWarningMessage(
      describeError(error)?.message ?? l10n.t("The key could not be stored."),
      { modal: true, detail },
      tryAgain,
      copy,
    );
    if (chosen !== copy) return chosen === tryAgain;
    await env.clipboard.writeText(key);
    detail = l10n.t("The key is on the clipboard. Paste it in a safe place, or try to store it once more.");
  }
};
