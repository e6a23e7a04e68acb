import { authorizationUrlForCode, openAuthorizationPage } from "./authorizationPage";
import { SignInError } from "./errors";
import { type PastedCode, parsePastedCode } from "./pastedCode";
import type { OpenSignIn } from "./pendingSignIns";
import type { SignInHost } from "./signInHost";

/**
 * OpenRouter shows the code, and the user pastes it here.
 * @param noLinkBack whether this is the only flow, since OpenRouter rejects this editor's callback URL
 * @param redeem its errors are shown in the box: see `SignInHost.askForCode`
 */
export async function enterCode<T>(
  signIn: OpenSignIn,
  host: SignInHost,
  noLinkBack: boolean,
  signal: AbortSignal,
  redeem: (pasted: PastedCode) => Promise<T>,
): Promise<T> {
  const url = await authorizationUrlForCode(signIn);
  const opened = await openAuthorizationPage(url, host);
  const page = { url, opened, ...(noLinkBack && { reason: "noLinkBack" as const }) };
  return host.askForCode(page, signal, async (text) => {
    const pasted = parsePastedCode(text);
    if (typeof pasted === "string") throw new SignInError(pasted);
    return redeem(pasted);
  });
}
