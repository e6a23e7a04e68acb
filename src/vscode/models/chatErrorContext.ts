import { type LanguageModelChatInformation, l10n } from "vscode";
import { plainText } from "../../common/plainText";
import { sha256Hex } from "../../openrouter/apiKey";
import type { Terms } from "../../openrouter/keyTerms";
import type { Session } from "../../sessions/session";
import { keyName } from "../keys/keyName";
import { keyTermsText } from "../keys/keyTermsText";
import { reconnectLink } from "../reconnectLink";
import type { ChatErrorContext } from "./chatErrorMessage";
import { extensionName } from "./extensionName";
import type { ModelServices } from "./modelServices";

/**
 * What a message about a failed request can name.
 * @param session whose key was to pay, if it came to that
 */
export async function chatErrorContext(
  { name }: Pick<LanguageModelChatInformation, "name">,
  initiator: string | undefined,
  session: Session | undefined,
  { termsOf }: Pick<ModelServices, "termsOf">,
): Promise<ChatErrorContext> {
  return {
    model: plainText(name),
    initiator: initiator ? extensionName(initiator) : l10n.t("The extension"),
    ...(session && {
      limit: knownLimit(termsOf(session)),
      key: {
        baseUrl: session.baseUrl,
        hash: await sha256Hex(session.key),
        reconnectLink: reconnectLink(session.id),
        name: keyName(session),
      },
    }),
  };
}

const knownLimit = (terms: Terms | undefined) =>
  terms?.limit === undefined
    ? undefined
    : { text: keyTermsText({ ...terms, expiresAt: undefined }), resets: terms.reset !== undefined };
