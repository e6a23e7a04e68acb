import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import type { KeyInfo } from "../../openrouter/keyInfo";
import { grantedTerms, requestedTerms, sameTerms } from "../../openrouter/keyTerms";
import type { Session } from "../../sessions/session";
import type { Connection } from "../../signIn/connection";
import { describeError } from "../errorMessages";
import { openKeyPage } from "../keys/keyPages";
import { keyTermsText } from "../keys/keyTermsText";

/** The one message after a connection: what was asked of the key is checked, and never trusted silently. */
export class ConnectedNotification {
  constructor(
    private readonly ask: (session: Session) => Promise<KeyInfo>,
    private readonly log: Log,
  ) {}

  /** Tells how the connection is. Resolves when the person has answered. */
  async show({ session, requestedTerms: request }: Connection): Promise<void> {
    const requested = requestedTerms(request);
    const set = l10n.t("Set it on OpenRouter");
    const keep = l10n.t("Keep");
    let chosen: string | undefined;
    try {
      const granted = grantedTerms(await this.ask(session));
      if (sameTerms(requested, granted)) {
        // Without a button VS Code cuts a message to one line, and the limit with it.
        const show = l10n.t("Show Credits");
        const next = await window.showInformationMessage(
          granted.limit === undefined
            ? l10n.t("Connected to OpenRouter. The key has {0}.", keyTermsText(granted))
            : l10n.t("Connected to OpenRouter. The key's credit limit: {0}.", keyTermsText(granted)),
          show,
        );
        if (next === show) await commands.executeCommand(commandIds.showCredits);
        return;
      }
      chosen = await window.showWarningMessage(
        l10n.t(
          "Connected to OpenRouter, but the key is not what was asked for. Asked for: {0}. Given: {1}.",
          keyTermsText(requested),
          keyTermsText(granted),
        ),
        set,
        keep,
      );
    } catch (error) {
      this.log.error(`What a new key got is unknown: ${errorText(error)}`);
      chosen = await window.showWarningMessage(
        l10n.t(
          "Connected to OpenRouter. Asked for: {0}. Whether it was given could not be checked: {1}",
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
