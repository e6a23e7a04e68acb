import { authorizationUrl, isCallbackUrl, PostAuthKeysCodeRequest } from "../openrouter/authorizationRequest";
import type { KeyTerms } from "../openrouter/keyTerms";

/** OpenRouter can't return to the extension: it wouldn't accept the callback URL. */
export class CallbackUrlNotAccepted extends Error {
  override readonly name = "CallbackUrlNotAccepted";
  constructor() {
    super("OpenRouter wouldn't accept the callback URL");
  }
}

/** What the user wants of an extension's own key. Its label is the extension's name. */
export type ToolKeyTerms = Omit<KeyTerms, "keyLabel"> & { readonly keyLabel: string };

/**
 * OpenRouter's page, which returns to the extension with a code: its URL, once the terms are known. There is no
 * challenge in it, since the extension exchanges the code without a verifier. Throws `CallbackUrlNotAccepted` at once.
 */
export function toolKeyPage(baseUrl: string, callbackUrl: string): (terms: ToolKeyTerms) => string {
  if (!isCallbackUrl(callbackUrl)) throw new CallbackUrlNotAccepted();
  return (terms) => authorizationUrl(baseUrl, PostAuthKeysCodeRequest.parse({ callbackUrl, ...terms }));
}
