import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import type { KeyInfo } from "../../openrouter/keyInfo";
import { grantedTerms, requestedTerms, sameTerms } from "../../openrouter/keyTerms";
import type { Session } from "../../sessions/session";
import type { Connection } from "../../signIn/connection";
import { chatIsTurnedOff, hasChat } from "../chatAvailability";
import { describeError } from "../errorMessages";
import { openKeyPage } from "../keys/keyPages";
import { keyTermsText } from "../keys/keyTermsText";

/** The one notification after connecting, which compares the granted terms with the requested ones. */
export class ConnectedNotification {
  constructor(
    private readonly ask: (session: Session) => Promise<KeyInfo>,
    private readonly log: Log,
  ) {}

  /** Resolves when the user has answered or dismissed it. */
  async show({ session, requestedTerms: request }: Connection): Promise<void> {
    const requested = requestedTerms(request);
    const set = l10n.t("Change on OpenRouter");
    const keep = l10n.t("Keep");
    let chosen: string | undefined;
    try {
      const granted = grantedTerms(await this.ask(session));
      if (sameTerms(requested, granted)) {
        // Without a button, VS Code cuts the message to one line, and the limit with it.
        const show = l10n.t("Show Credits");
        const chat = l10n.t("Chat with OpenRouter's Models");
        const offersChat = !chatIsTurnedOff() && (await hasChat());
        const next = await window.showInformationMessage(
          granted.limit === undefined
            ? l10n.t("Connected to OpenRouter. The key has {0}.", keyTermsText(granted))
            : l10n.t("Connected to OpenRouter. Credit limit: {0}.", keyTermsText(granted)),
          ...(offersChat ? [chat, show] : [show]),
        );
        if (next === chat) await commands.executeCommand(commandIds.chatWithModels);
        if (next === show) await commands.executeCommand(commandIds.showCredits);
        return;
      }
      chosen = await window.showWarningMessage(
        l10n.t(
          "Connected to OpenRouter, but the key isn't what you requested. Requested: {0}. Granted: {1}.",
          keyTermsText(requested),
          keyTermsText(granted),
        ),
        set,
        keep,
      );
    } catch (error) {
      this.log.error(`The terms of a new key are unknown: ${errorText(error)}`);
      chosen = await window.showWarningMessage(
        l10n.t(
          "Connected to OpenRouter, but the key's limit couldn't be checked. Requested: {0}. {1}",
          keyTermsText(requested),
          describeError(error)?.message ?? "",
        ),
        set,
        keep,
      );
    }
    if (chosen === set) await openKeyPage("key", session);
  }
}
