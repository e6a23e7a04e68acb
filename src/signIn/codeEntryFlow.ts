import { addressForCode, openAuthorizationPage } from "./authorizationPage";
import { SignInError } from "./errors";
import { type PastedCode, parsePastedCode } from "./pastedCode";
import type { OpenSignIn } from "./pendingSignIns";
import type { SignInHost } from "./signInHost";

/**
 * OpenRouter shows the code on screen, and the person brings it here.
 * @param noLinkBack whether that is so since OpenRouter refuses every link back to this editor
 * @param redeem what it throws is said in the box, as `SignInHost.askForCode` tells
 */
export async function enterCode<T>(
  signIn: OpenSignIn,
  host: SignInHost,
  noLinkBack: boolean,
  signal: AbortSignal,
  redeem: (pasted: PastedCode) => Promise<T>,
): Promise<T> {
  const address = await addressForCode(signIn);
  const opened = await openAuthorizationPage(address, host);
  const page = { address, opened, ...(noLinkBack && { reason: "noLinkBack" as const }) };
  return host.askForCode(page, signal, async (text) => {
    const pasted = parsePastedCode(text);
    if (!pasted) throw new SignInError("notACode");
    return redeem(pasted);
  });
}
