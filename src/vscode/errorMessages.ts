import { CancellationError, l10n } from "vscode";
import { commandIds, vscodeCommandIds } from "../commandIds";
import { OpenRouterError, type OpenRouterFailure } from "../openrouter/errors";
import { SecretStorageError } from "../sessions/secretCollection";
import { SignInCanceled, SignInError, type SignInFailure } from "../signIn/errors";
import { openRouterErrorMessage } from "./openRouterErrorMessage";
import { creditLimitResets, SettingError, type SettingName, SettingsNotWritten, settingId } from "./settings";

/** An error as the user reads it. */
export interface UserFacingError {
  readonly message: string;
  /** What helps, if something does. */
  readonly buttons: readonly Button[];
  /** The log says no more than the message. */
  readonly isComplete?: boolean;
}

/** A button that runs a command. */
export interface Button {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** The one message for an error, with what to do next; undefined when the user canceled. */
export function describeError(error: unknown): UserFacingError | undefined {
  if (error instanceof CancellationError || error instanceof SignInCanceled) return undefined;
  if (error instanceof SettingError) {
    const buttons = [openSettings(settingId(error.setting))];
    return { message: settingMessages[error.setting](), buttons, isComplete: true };
  }
  if (error instanceof SettingsNotWritten) {
    const buttons = [{ title: l10n.t("Open Settings File"), command: vscodeCommandIds.openSettingsFile }];
    const message = l10n.t(
      "VS Code can't write your settings. Correct or save the settings file, then try again.",
    );
    return { message, buttons };
  }
  if (error instanceof SignInError) {
    const isComplete = error.failure === "denied" || error.failure === "canceled";
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
    message: l10n.t("Something went wrong. Try again, or see the log for details."),
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

/** VS Code's settings that help where a request fails on the network. */
const networkSettings: Partial<Record<OpenRouterFailure, string>> = {
  tls: "http.systemCertificates",
  proxy: "http.proxy",
};

const settingMessages: Record<SettingName, () => string> = {
  creditLimit: () =>
    l10n.t(
      "The credit limit in the settings must be an amount in USD, zero or more, with at most six decimals. Correct it, or leave it empty for no limit.",
    ),
  creditLimitReset: () =>
    l10n.t(
      "The credit limit reset in the settings must be one of these: {0}. Correct it.",
      creditLimitResets.join(", "), // as they stand in the settings, whatever the language
    ),
  keyExpiresAfterDays: () =>
    l10n.t(
      "The key's expiry in the settings must be 1 to 3650 days. Correct it, or leave it empty for a key that never expires.",
    ),
  keyLabel: () =>
    l10n.t("The key's label in the settings must be text of at most 100 characters. Shorten it."),
  baseUrl: () =>
    l10n.t(
      "The base URL in the settings must start with https://, or with http:// for this computer. Correct it, or reset it to https://openrouter.ai.",
    ),
};

const signInMessages: Record<SignInFailure, () => string> = {
  denied: () => l10n.t("You denied access on OpenRouter's page. To connect, try again and choose Authorize."),
  refused: () => l10n.t("OpenRouter returned an error instead of a code. Try again in a moment."),
  timedOut: () => l10n.t("The sign-in timed out after 10 minutes. Try again."),
  noCallbackUrl: () =>
    l10n.t(
      "OpenRouter can't redirect to this editor: callback URLs must use https on port 443 or 3000. Connect with a code instead.",
    ),
  notACode: () => l10n.t("This is neither a code nor the browser's URL. Copy it again, and paste all of it."),
  keyForCode: () => l10n.t("This is an API key, not a code. Press Escape, and use Add an Existing API Key."),
  notAKey: () => l10n.t("This isn't an API key. Copy it again from OpenRouter, and paste all of it."),
  maskedKey: () =>
    l10n.t(
      "This key is masked, as OpenRouter lists it. OpenRouter shows a full key only once, when it's created. Paste a full key, or press Escape and connect to get a new one.",
    ),
  codeForKey: () =>
    l10n.t("This is a sign-in code, not an API key. Press Escape, and use Connect with a Code."),
  managementKey: () =>
    l10n.t("This is a management key, which can manage keys but not make requests. Paste a regular API key."),
  keyIsThere: () => l10n.t("This key is already connected. Paste another one, or press Escape."),
  malformedCallback: () => l10n.t("The browser returned an invalid response. Connect again."),
  unknownCallback: () => l10n.t("This sign-in was already completed or has expired. Connect again."),
  canceled: () => l10n.t("This sign-in was canceled. Connect again."),
  finishedElsewhere: () => l10n.t("Another window took over this sign-in but didn't finish it. Try again."),
};

const secretMessages: Record<SecretStorageError["action"], () => string> = {
  read: () =>
    l10n.t(
      "Can't read your keys from secret storage. Unlock or set up your keyring, then try again. Nothing was changed.",
    ),
  stale: () =>
    l10n.t(
      "Another window stored an OpenRouter key. Reload this window to use it. Until then, no keys can be stored here.",
    ),
  write: () => l10n.t("Can't write to secret storage. Unlock or set up your keyring, then try again."),
};
