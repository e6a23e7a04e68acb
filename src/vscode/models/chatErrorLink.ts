import { l10n } from "vscode";
import type { ChatError, ChatFailure } from "../../models/chatError";
import { addCreditsUrl, keyPageUrl, privacySettingsUrl, providerKeysUrl } from "../../openrouter/baseUrl";
import { reconnectLink } from "../reconnectLink";
import { settingLink } from "../settingLink";

/** A key that was to pay: where it was issued, and its SHA-256, by which OpenRouter's page names it. */
export interface FailedKey {
  readonly baseUrl: string;
  readonly hash: string;
  readonly reconnectLink: string;
  /** As the user knows it. */
  readonly name: string;
}

export interface ChatErrorLink {
  readonly title: string;
  readonly url: string;
}

/**
 * The page or the setting where a failure is put right, if there is one.
 * @param key the key that was to pay, if it came to that
 */
export function chatErrorLink(
  { failure, details: { setting } }: ChatError,
  key: FailedKey | undefined,
): ChatErrorLink | undefined {
  if (failure === "overBudget")
    return { title: l10n.t("Change Budget"), url: settingLink("extensionBudgets") };
  const opened = failure === "proxy" || failure === "tls" ? failure : setting;
  if (opened) return { title: l10n.t("Open Settings"), url: settingLink(opened) };
  if (failure === "notConnected") return { title: l10n.t("Connect OpenRouter"), url: reconnectLink("") };
  return key && links[failure]?.(key);
}

const keyPage = ({ baseUrl, hash }: FailedKey) => ({
  title: l10n.t("Open Key Page"),
  url: keyPageUrl(baseUrl, hash),
});
const reconnect = ({ reconnectLink }: FailedKey) => ({ title: l10n.t("Reconnect"), url: reconnectLink });
const credits = ({ baseUrl }: FailedKey) => ({ title: l10n.t("Add Credits"), url: addCreditsUrl(baseUrl) });
const providerKeys = ({ baseUrl }: FailedKey) => ({
  title: l10n.t("Open Provider Keys"),
  url: providerKeysUrl(baseUrl),
});
const privacy = ({ baseUrl }: FailedKey) => ({
  title: l10n.t("Open Privacy Settings"),
  url: privacySettingsUrl(baseUrl),
});

const links: Partial<Record<ChatFailure, (key: FailedKey) => ChatErrorLink>> = {
  keyRefused: reconnect,
  providerKeyRefused: providerKeys,
  keyLimit: keyPage,
  notPermitted: keyPage,
  outOfCredits: credits,
  tooFewCredits: credits,
  freeRateLimited: credits,
  noEndpoint: privacy,
  guardrail: privacy,
};
