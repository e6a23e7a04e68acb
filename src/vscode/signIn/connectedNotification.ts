import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import type { KeyInfo } from "../../openrouter/keyInfo";
import { grantedTerms, requestedTerms, sameTerms, type Terms } from "../../openrouter/terms";
import type { Session } from "../../sessions/session";
import type { Connection } from "../../signIn/connection";
import type { ChatOffer } from "../chatOffer";
import { describeError } from "../errorMessages";
import { openKeyPage } from "../keys/keyPages";
import { keyTermsText } from "../keys/keyTermsText";

/** The notification after connecting, which compares the granted terms with the requested ones, and offers the chat. */
export class ConnectedNotification {
  constructor(
    private readonly ask: (session: Session) => Promise<KeyInfo>,
    private readonly chat: Pick<ChatOffer, "buttons" | "follow" | "show">,
    private readonly log: Log,
  ) {}

  /**
   * Resolves when the user has answered or dismissed it.
   * @param forChat whether the chat is what the user goes on with: it isn't offered, and no button keeps the message over it
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
      return this.#showWarning(message, session, forChat);
    }
    if (sameTerms(requested, granted)) return this.#showConnected(granted, forChat);
    const message = l10n.t(
      "Connected to OpenRouter, but the key isn't what you requested. Requested: {0}. Granted: {1}.",
      keyTermsText(requested),
      keyTermsText(granted),
    );
    return this.#showWarning(message, session, forChat);
  }

  async #showConnected(granted: Terms, forChat: boolean): Promise<void> {
    const message =
      granted.limit === undefined
        ? l10n.t("Connected to OpenRouter. The key has {0}.", keyTermsText(granted))
        : l10n.t("Connected to OpenRouter. Credit limit: {0}.", keyTermsText(granted));
    if (forChat) return void (await window.showInformationMessage(message));
    const setUp = l10n.t("Set Up a Tool…");
    const show = l10n.t("Show Credits");
    // Without a button, VS Code cuts a longer message to one line, and the limit with it.
    const chosen = await window.showInformationMessage(message, ...(await this.chat.buttons()), setUp, show);
    if (chosen === setUp) await commands.executeCommand(commandIds.setUpTool);
    else if (chosen === show) await commands.executeCommand(commandIds.showCredits);
    else await this.chat.follow(chosen);
  }

  /** Offers the chat only once the user has decided about the key that pays for it. */
  async #showWarning(message: string, session: Session, forChat: boolean): Promise<void> {
    const change = l10n.t("Change on OpenRouter");
    const chosen = await window.showWarningMessage(message, change, l10n.t("Keep"));
    if (chosen === undefined) return;
    if (chosen === change) await openKeyPage("key", session);
    if (!forChat) await this.chat.show();
  }
}
