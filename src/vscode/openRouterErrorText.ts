import { l10n } from "vscode";
import type { OpenRouterError, OpenRouterFailure } from "../openrouter/errors";
import { formatRelative } from "./relativeTime";

/** VS Code's own settings, where it is those that help. */
const networkSettings: Partial<Record<OpenRouterFailure, string>> = {
  tls: "http.systemCertificates",
  proxy: "http.proxy",
};

/** The one message for a request that failed, and the setting that helps, if one does. */
export function openRouterErrorMessage(error: OpenRouterError): { message: string; setting?: string } {
  const setting = networkSettings[error.failure];
  return { message: describe(error), ...(setting && { setting }) };
}

function describe({ failure, details }: OpenRouterError): string {
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
      : l10n.t("OpenRouter is busy. Try again {0}.", formatRelative(Math.ceil(retryAfter / 1000), "second"));
  }
  if (status >= 500)
    return l10n.t("OpenRouter has a problem of its own (status {0}). Try again later.", status);
  return l10n.t(
    "OpenRouter refused the request (status {0}). Check the base URL in the settings, or try again.",
    status,
  );
}
