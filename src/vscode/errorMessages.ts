import { CancellationError, l10n } from "vscode";
import { commandIds, vscodeCommandIds } from "../commandIds";
import { OpenRouterError, type OpenRouterFailure } from "../openrouter/errors";
import { SecretStorageError } from "../sessions/secretCollection";
import { SignInCancelled, SignInError, type SignInFailure } from "../signIn/errors";
import { formatRelative } from "./relativeTime";
import { SettingError, type SettingName, settingId } from "./settings";

/** An error as the user reads it. */
export interface UserFacingError {
  readonly message: string;
  /** What helps, if something does. */
  readonly buttons: readonly Button[];
  /** The log has no more to say than the message. */
  readonly isComplete?: boolean;
}

/** A button that runs a command. */
export interface Button {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** The one message for an error, with what to do next; undefined when the user cancelled. */
export function describeError(error: unknown): UserFacingError | undefined {
  if (error instanceof CancellationError || error instanceof SignInCancelled) return undefined;
  if (error instanceof SettingError) {
    const buttons = [openSettings(settingId(error.setting))];
    return { message: settingMessages[error.setting](), buttons, isComplete: true };
  }
  if (error instanceof SignInError) {
    const isComplete = error.failure === "denied" || error.failure === "givenUp";
    return { message: signInMessages[error.failure](), buttons: [], isComplete };
  }
  if (error instanceof OpenRouterError) {
    const setting = networkSettings[error.failure];
    return { message: openRouterErrorMessage(error), buttons: setting ? [openSettings(setting)] : [] };
  }
  if (error instanceof SecretStorageError) {
    const buttons = error.action === "stale" ? staleSecretsButtons() : [];
    return { message: secretMessages[error.action](), buttons };
  }
  return {
    message: l10n.t("Something failed unexpectedly. Try again; the log may tell more."),
    buttons: [],
  };
}

const openSettings = (setting: string): Button => ({
  title: l10n.t("Open Settings"),
  command: vscodeCommandIds.openSettings,
  arguments: [setting],
});

const staleSecretsButtons = (): Button[] => [
  { title: l10n.t("Reload Window"), command: vscodeCommandIds.reloadWindow },
  { title: l10n.t("Forget That Key"), command: commandIds.discardHiddenKeys },
];

/** VS Code's own settings that help where a request fails on its way. */
const networkSettings: Partial<Record<OpenRouterFailure, string>> = {
  tls: "http.systemCertificates",
  proxy: "http.proxy",
};

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
  denied: () =>
    l10n.t(
      "OpenRouter was told not to give access, so you are not connected. Try again if you meant to approve.",
    ),
  refused: () => l10n.t("OpenRouter's page ended the sign-in with an error. Try again in a moment."),
  timedOut: () =>
    l10n.t("Nothing came back from the browser within 10 minutes. Try again when you have time to approve."),
  browserNotOpened: () =>
    l10n.t("The browser was not opened, so OpenRouter could not be asked. Try again and allow it to open."),
  noCallbackUrl: () =>
    l10n.t(
      "OpenRouter can't lead back here: it accepts only https on port 443 or 3000. Connect with a code instead.",
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
  stale: () =>
    l10n.t(
      "Another window stored an OpenRouter key that this window can't see yet. Reload this window, and nothing is overwritten.",
    ),
  write: () =>
    l10n.t("The secret storage can't be written. Unlock your keyring, or set one up, and try again."),
};

function openRouterErrorMessage({ failure, details }: OpenRouterError): string {
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
      return statusMessage(details);
  }
}

function statusMessage({
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
      : l10n.t("OpenRouter is busy. Try again {0}.", formatRelative(Math.ceil(retryAfter / 1000), "second"));
  }
  if (status >= 500)
    return l10n.t("OpenRouter has a problem of its own (status {0}). Try again later.", status);
  return l10n.t(
    "OpenRouter refused the request (status {0}). Check the base URL in the settings, or try again.",
    status,
  );
}
