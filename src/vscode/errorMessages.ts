import { CancellationError, l10n } from "vscode";
import { OpenRouterError } from "../openrouter/errors";
import { SecretStorageError } from "../sessions/secretCollection";
import { SignInCancelled, SignInError, type SignInFailure } from "../signIn/errors";
import { openRouterErrorMessage } from "./openRouterErrorText";
import { SettingError, type SettingName, settingId } from "./settings";

/** What a person is told, and the setting that the message is about, if it is about one. */
export interface UserError {
  readonly message: string;
  readonly setting?: string;
  /** There is no more to know than this, not in the log either. */
  readonly isPlain?: boolean;
  /** Shows it instead, with what can be done about it. */
  readonly command?: string;
}

/** The one message for an error, saying what to do next; undefined when the person cancelled. */
export function describeError(error: unknown): UserError | undefined {
  if (error instanceof CancellationError || error instanceof SignInCancelled) return undefined;
  if (error instanceof SettingError) {
    return { message: settingMessages[error.setting](), setting: settingId(error.setting), isPlain: true };
  }
  if (error instanceof SignInError) {
    const isPlain = error.failure === "denied" || error.failure === "givenUp";
    return { message: signInMessages[error.failure](), isPlain };
  }
  if (error instanceof OpenRouterError) return openRouterErrorMessage(error);
  if (error instanceof SecretStorageError) {
    return {
      message: secretMessages[error.action](),
      ...(error.action === "see" && { command: "connectOpenRouter.tellUnseen" }),
    };
  }
  return { message: l10n.t("Something failed unexpectedly. Try again; the log may tell more.") };
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
  see: () =>
    l10n.t(
      "Another window stored an OpenRouter key that this window can't see yet. Reload this window, and nothing is overwritten.",
    ),
  write: () =>
    l10n.t("The secret storage can't be written. Unlock your keyring, or set one up, and try again."),
};
