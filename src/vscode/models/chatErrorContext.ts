import { type LanguageModelChatInformation, l10n } from "vscode";
import { plainText } from "../../common/plainText";
import { isVscode } from "../../models/modelAccess";
import { sha256Hex } from "../../openrouter/apiKey";
import type { Terms } from "../../openrouter/terms";
import type { Session } from "../../sessions/session";
import { extensionName } from "../extensionName";
import { keyName } from "../keys/keyName";
import { keyTermsText } from "../keys/keyTermsText";
import { reconnectLink } from "../reconnectLink";
import type { FailedKey } from "./chatErrorLink";
import type { ModelServices } from "./modelServices";

/** What a message about a failed request can name. Its texts are plain. */
export interface ChatErrorContext {
  readonly model: string;
  /** The extension that asked. */
  readonly initiator: string;
  /** Whether that is VS Code's own chat, or one that VS Code doesn't name. */
  readonly kind?: "chat" | "unnamed" | undefined;
  /** The key's limit, such as "$10.00 a month"; undefined where it isn't known. */
  readonly limit?: { readonly text: string; readonly resets: boolean } | undefined;
  /** The key that was to pay. */
  readonly key?: FailedKey;
}

/**
 * The context of a failed request.
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
    kind: initiator ? (isVscode(initiator) ? "chat" : undefined) : "unnamed",
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
