import { env, l10n, window } from "vscode";
import { errorText, type Log } from "../../common/log";
import { formatUsd } from "../../common/usd";
import type { KeyInfo } from "../../openrouter/keyInfo";
import { grantedTerms, isLowered, requestedTerms, sameTerms, type Terms } from "../../openrouter/terms";
import type { Session } from "../../sessions/session";
import type { Connection } from "../../signIn/connection";
import { describeError } from "../errorMessages";
import { openKeyPage } from "../keys/keyPages";
import { keyTermsText } from "../keys/keyTermsText";
import { showWhatNext, whatNext } from "../whatNext";

/** Milliseconds, as long as a notification without buttons. */
const statusTime = 15_000;

/** The notification after connecting, which compares the granted terms with the requested ones, and offers what comes next. */
export class ConnectedNotification {
  constructor(
    private readonly ask: (session: Session) => Promise<KeyInfo>,
    private readonly log: Log,
  ) {}

  /**
   * Resolves when the user has answered or dismissed it.
   * @param forChat whether the chat is what the user goes on with: then the message stays out of its way
   */
  async show(
    { session, requestedTerms: request }: Connection,
    { forChat = false }: { readonly forChat?: boolean } = {},
  ): Promise<void> {
    const requested = requestedTerms(request);
    let granted: Terms;
    try {
      granted = grantedTerms(await this.ask(session));
    } catch (error) {
      this.log.error(`The terms of a new key are unknown: ${errorText(error)}`);
      const message = l10n.t(
        "Connected to OpenRouter, but the key's limit couldn't be checked. Requested: {0}. {1}",
        keyTermsText(requested),
        describeError(error)?.message ?? "",
      );
      return showWarning(message, session, forChat);
    }
    if (sameTerms(requested, granted)) return showConnected(connectedText(granted), forChat);
    if (isLowered(requested, granted)) return showConnected(loweredText(granted), forChat);
    const message = l10n.t(
      "Connected to OpenRouter, but the key isn't what you requested. Requested: {0}. Granted: {1}.",
      keyTermsText(requested),
      keyTermsText(granted),
    );
    return showWarning(message, session, forChat);
  }
}

const connectedText = (granted: Terms) =>
  granted.limit === undefined
    ? l10n.t("Connected to OpenRouter. The key has {0}.", keyTermsText(granted))
    : l10n.t("Connected to OpenRouter. Credit limit: {0}.", keyTermsText(granted));

/** The user set it, so the amount says enough, with its reset where there is one. */
const loweredText = ({ limit = 0, reset }: Terms) =>
  l10n.t(
    "Connected to OpenRouter. Credit limit: {0}, as you set it on OpenRouter's page.",
    reset === undefined
      ? formatUsd(limit, env.language)
      : keyTermsText({ limit, reset, expiresAt: undefined }),
  );

async function showConnected(message: string, forChat: boolean): Promise<void> {
  if (forChat) return void window.setStatusBarMessage(message, statusTime); // a notification would cover the chat's input
  if (await window.showInformationMessage(message, whatNext())) await showWhatNext();
}

/** Offers what comes next only once the user has decided about the key. */
async function showWarning(message: string, session: Session, forChat: boolean): Promise<void> {
  const change = l10n.t("Change on OpenRouter");
  const chosen = await window.showWarningMessage(message, change, l10n.t("Keep"));
  if (chosen === undefined) return;
  if (chosen === change) await openKeyPage("key", session);
  if (!forChat) await showConnected(l10n.t("You're connected to OpenRouter."), forChat);
}
