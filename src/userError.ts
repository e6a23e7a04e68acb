import { CancellationError, l10n } from "vscode";
import { OpenRouterError, type OpenRouterFailure } from "./openrouter/errors";
import { SecretStorageError } from "./secretCollection";
import { SettingError, type SettingName, settingId } from "./settings";
import { SignInCancelled, SignInError, type SignInFailure } from "./signIn/errors";

/** What a person is told, and the setting that the message is about, if it is about one. */
export interface UserError {
  readonly message: string;
  readonly setting?: string;
}

/** The one message for an error, saying what to do next; undefined when the person cancelled. */
export function describeError(error: unknown): UserError | undefined {
  if (error instanceof CancellationError || error instanceof SignInCancelled) return undefined;
  if (error instanceof SettingError) {
    return { message: settingMessages[error.setting](), setting: settingId(error.setting) };
  }
  if (error instanceof SignInError) return { message: signInMessages[error.failure]() };
  if (error instanceof OpenRouterError) {
    const setting = networkSettings[error.failure];
    return { message: describeOpenRouterError(error), ...(setting && { setting }) };
  }
  if (error instanceof SecretStorageError) return { message: secretMessages[error.action]() };
  return { message: l10n.t("Connecting to OpenRouter failed unexpectedly. The log may tell more.") };
}

const settingMessages: Record<SettingName, () => string> = {
  creditLimit: () =>
    l10n.t(
      "The credit limit in the settings must be a number of USD, zero or more, with at most six decimals. Correct it, or empty it for no limit.",
    ),
  creditLimitReset: () =>
    l10n.t(
      "The reset of the credit limit in the settings must be never, daily, weekly or monthly. Correct it.",
    ),
  keyExpiresAfterDays: () =>
    l10n.t(
      "The days until a key expires in the settings must be a number from 1 to 3650. Correct it, or empty it for a key that never expires.",
    ),
  keyLabel: () =>
    l10n.t("The key's label in the settings must be a text of at most 100 characters. Shorten it."),
  baseUrl: () =>
    l10n.t(
      "The base URL in the settings must begin with https://, or http:// for this machine. Correct it, or reset it to https://openrouter.ai.",
    ),
};

const signInMessages: Record<SignInFailure, () => string> = {
  denied: () => l10n.t("OpenRouter was told not to give access, so you are not connected."),
  refused: () => l10n.t("OpenRouter's page ended the sign-in with an error. Try again in a moment."),
  timedOut: () =>
    l10n.t("Nothing came back from the browser within 10 minutes. Try again when you have time to approve."),
  browserNotOpened: () =>
    l10n.t("The browser was not opened, so OpenRouter could not be asked. Try again and allow it to open."),
  noCallbackUrl: () =>
    l10n.t(
      "OpenRouter can't lead back to this editor, as it accepts only https on port 443 or 3000 here. Open the editor at such an address and try again.",
    ),
  notACode: () =>
    l10n.t(
      "This is neither a code nor the address that the browser ended at. Copy it again, and paste it whole.",
    ),
  notAKey: () => l10n.t("This is not an API key. Copy it again from OpenRouter, and paste it whole."),
  managementKey: () =>
    l10n.t(
      "This is a management key: it can create and delete keys, but not be used for requests. Paste an ordinary API key.",
    ),
  keyIsThere: () => l10n.t("This key is connected already. Paste another one, or close this box."),
  malformedCallback: () =>
    l10n.t("What came back from the browser isn't an answer of OpenRouter. Try to connect again."),
  unknownCallback: () =>
    l10n.t(
      "An answer of OpenRouter came for a sign-in that isn't under way: it was used already, or is too old. Try to connect again.",
    ),
  givenUp: () => l10n.t("This sign-in was cancelled. Try again to connect."),
  finishedElsewhere: () => l10n.t("Another window took over this sign-in, but did not finish it. Try again."),
};

const secretMessages: Record<SecretStorageError["action"], () => string> = {
  read: () =>
    l10n.t(
      "Your keys can't be read from the secret storage just now. Unlock your keyring, or set one up, and try again. Nothing was changed.",
    ),
  write: () =>
    l10n.t("The secret storage can't be written. Unlock your keyring, or set one up, and try again."),
};

/** VS Code's own settings, where it is those that help. */
const networkSettings: Partial<Record<OpenRouterFailure, string>> = {
  tls: "http.systemCertificates",
  proxy: "http.proxy",
};

function describeOpenRouterError({ failure, details }: OpenRouterError): string {
  switch (failure) {
    case "network":
      return l10n.t(
        "OpenRouter can't be reached. Check your connection and your proxy settings, and try again.",
      );
    case "tls":
      return l10n.t(
        "OpenRouter's certificate is not trusted, as happens behind a company's proxy. Check the settings http.systemCertificates and http.proxyStrictSSL, and try again.",
      );
    case "proxy":
      return l10n.t(
        "The proxy did not let the request through. Check the settings http.proxy, http.proxySupport and http.noProxy, and try again.",
      );
    case "timeout":
      return l10n.t("OpenRouter did not answer in time. Try again in a moment.");
    case "answer":
      return l10n.t(
        "OpenRouter's answer could not be understood. Check the base URL in the settings, or try again later.",
      );
    case "status":
      return describeStatus(details);
  }
}

function describeStatus({
  status = 0,
  expiredCode,
  withKey,
  keyLimit,
  retryAfter,
}: OpenRouterError["details"]): string {
  if (status === 402) return l10n.t("The OpenRouter account is out of credits. Add credits, and try again.");
  if (keyLimit)
    return l10n.t(
      "The key has used up its own credit limit. Raise it on the key's page at OpenRouter, or wait for its reset.",
    );
  if (withKey && status === 403)
    return l10n.t("OpenRouter does not let this key do that. Look at the key's page at OpenRouter.");
  if (expiredCode) return l10n.t("The approval is too old: a code lives 10 minutes. Try again.");
  if (status === 401)
    return l10n.t(
      "OpenRouter does not accept this key: it was revoked, disabled, or has expired. Use another one, or connect again.",
    );
  if (status === 403)
    return l10n.t("OpenRouter did not accept the code it sent: it may have been used already. Try again.");
  if (status === 429 || status === 503) {
    return retryAfter === undefined
      ? l10n.t("OpenRouter is busy. Try again in a moment.")
      : l10n.t("OpenRouter is busy. Try again in {0} seconds.", Math.ceil(retryAfter / 1000));
  }
  if (status >= 500)
    return l10n.t("OpenRouter has a problem of its own (status {0}). Try again later.", status);
  return l10n.t(
    "OpenRouter refused the request (status {0}). Check the base URL in the settings, or try again.",
    status,
  );
}
