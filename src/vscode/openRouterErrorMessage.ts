import { l10n } from "vscode";
import type { OpenRouterError } from "../openrouter/errors";
import { relativeTime } from "./relativeTime";

/** Why a request to OpenRouter failed, and what to do next. */
export function openRouterErrorMessage({
  failure,
  details,
}: Pick<OpenRouterError, "failure" | "details">): string {
  switch (failure) {
    case "network":
      return l10n.t("Can't reach OpenRouter. Check your connection and proxy settings, then try again.");
    case "tls":
      return l10n.t(
        "OpenRouter's certificate isn't trusted, which is common behind a corporate proxy. Check the settings http.systemCertificates and http.proxyStrictSSL, then try again.",
      );
    case "proxy":
      return l10n.t(
        "The proxy blocked the request. Check the settings http.proxy, http.proxySupport and http.noProxy, then try again.",
      );
    case "timeout":
      return l10n.t("OpenRouter took too long to respond. Try again in a moment.");
    case "answer":
      return l10n.t(
        "OpenRouter returned an unexpected response. Check the base URL in the settings, or try again later.",
      );
    case "redirected":
      return l10n.t(
        "The request to OpenRouter was redirected, for example to the sign-in page of a network. Sign in to the network, or check the base URL in the settings, then try again.",
      );
    case "intermediary":
      return l10n.t(
        "Something other than OpenRouter responded, such as a firewall, a proxy, or the sign-in page of a network. Check your network and the base URL in the settings, then try again.",
      );
    case "status":
      return statusMessage(details);
  }
}

const codeMessages: Record<NonNullable<OpenRouterError["details"]["code"]>, () => string> = {
  rejected: () => l10n.t("OpenRouter rejected the code. It may have been used already. Try again."),
  expired: () => l10n.t("The code has expired (codes are valid for 10 minutes). Try again."),
  unchallenged: () =>
    l10n.t(
      "The browser opened only part of the link, so OpenRouter's code can't be used. Connect with a code instead, and open the page with Copy Link.",
    ),
};

function statusMessage({
  status = 0,
  code,
  withKey,
  keyLimit,
  retryAfter,
}: OpenRouterError["details"]): string {
  if (status === 402)
    return l10n.t("Your OpenRouter account is out of credits. Add credits, then try again.");
  if (keyLimit)
    return l10n.t(
      "The key has reached its credit limit. Raise it on the key's page on OpenRouter, or wait until it resets.",
    );
  if (withKey && status === 403)
    return l10n.t("This key isn't allowed to do that. Check the key's page on OpenRouter.");
  if (code) return codeMessages[code]();
  if (withKey && status === 401)
    return l10n.t(
      "OpenRouter rejected this key: it was revoked, disabled, or has expired. Use another key, or connect again.",
    );
  if (status === 429 || status === 503) {
    return retryAfter
      ? l10n.t("OpenRouter is busy. Try again {0}.", relativeTime(retryAfter, 0))
      : l10n.t("OpenRouter is busy. Try again in a moment.");
  }
  if (status >= 500) return l10n.t("OpenRouter is having problems (status {0}). Try again later.", status);
  return l10n.t(
    "OpenRouter rejected the request (status {0}). Check the base URL in the settings, or try again.",
    status,
  );
}
