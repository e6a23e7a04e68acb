import { commands, env, l10n, ThemeIcon, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { SignInHost } from "../../signIn/signInHost";
import { describeError } from "../errorMessages";
import { showSecretInputBox } from "../inputBox";
import { keyName } from "../keys/keyName";
import { offerUrl, openExternalUrl } from "../openExternal";

/** Asks for the code in a secret input box, with buttons for the page's URL. */
export const askForCode: SignInHost["askForCode"] = ({ url, opened, reason }, signal, submit) => {
  const why = l10n.t(
    "OpenRouter can't redirect to this editor: callback URLs must use https on port 443 or 3000.",
  );
  const ask = opened
    ? l10n.t("Authorize on OpenRouter's page, then paste the code it shows.")
    : l10n.t(
        "The browser didn't open. Copy the link with the button above, open it, and paste the code it shows.",
      );
  return showSecretInputBox(
    {
      title: l10n.t("Connect with a Code"),
      placeholder: l10n.t("The code, or the full URL from the browser's address bar"),
      prompt: reason ? `${why} ${ask}` : ask,
      buttons: [
        {
          iconPath: new ThemeIcon("copy"),
          tooltip: l10n.t("Copy Link"),
          run: () => env.clipboard.writeText(url),
        },
        {
          iconPath: new ThemeIcon("link-external"),
          tooltip: l10n.t("Open Page Again"),
          run: () => openExternalUrl(url).catch(() => offerUrl(url)),
        },
      ],
    },
    signal,
    submit,
  );
};

/** Offers the page's URL while the sign-in waits. Only a browser that is here can return here: another shows a code. */
export const offerPage: SignInHost["offerUrl"] = (url) =>
  void offerUrl(url, {
    title: l10n.t("Connect with a Code"),
    run: () => commands.executeCommand(commandIds.connectWithCode),
  });

/** Asks in a modal dialog. Closing it loses nothing: both keys are kept. */
export const askReplace: SignInHost["askReplace"] = async (session) => {
  const replace = l10n.t("Replace");
  const keepBoth = { title: l10n.t("Keep Both"), isCloseAffordance: true };
  const chosen = await window.showInformationMessage(
    l10n.t("You're already connected to this OpenRouter account. Replace its key?"),
    {
      modal: true,
      detail: l10n.t(
        "Extensions that use {0} will get the new key. The old key stays valid on OpenRouter until you revoke it there.",
        keyName(session),
      ),
    },
    { title: replace, isCloseAffordance: false },
    keepBoth,
  );
  return chosen?.title === replace ? "replace" : "keepBoth";
};

/** Asks until the key is to be stored again, or given up; as often as the user wants, it is copied. */
export const offerKeyForCopying: SignInHost["offerKeyForCopying"] = async (key, error) => {
  const tryAgain = l10n.t("Try Again");
  const copy = l10n.t("Copy API Key");
  let detail = l10n.t(
    "OpenRouter won't show this key again. Copy it somewhere safe, or try again to store it.",
  );
  for (;;) {
    const chosen = await window.showWarningMessage(
      describeError(error)?.message ?? l10n.t("The key couldn't be stored."),
      { modal: true, detail },
      tryAgain,
      copy,
    );
    if (chosen !== copy) return chosen === tryAgain;
    await env.clipboard.writeText(key);
    // It stays there, unlike a key that can be copied again.
    detail = l10n.t(
      "The key is on the clipboard until you copy something else. Paste it somewhere safe, or try again to store it.",
    );
  }
};
