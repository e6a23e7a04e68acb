import { calculatePKCECodeChallenge } from "oauth4webapi";
import {
  authorizationUrl,
  HeadlessAuthKeysCodeRequest,
  PostAuthKeysCodeRequest,
} from "../openrouter/authorizationRequest";
import { SignInError } from "./errors";
import type { OpenSignIn } from "./pendingSignIns";
import type { SignInHost } from "./signInHost";

/** The page that leads back to the callback URL. Throws `SignInError` if OpenRouter wouldn't accept that. */
export async function addressForCallback(signIn: OpenSignIn, callbackUrl: string): Promise<string> {
  const request = PostAuthKeysCodeRequest.safeParse({ callbackUrl, ...(await parameters(signIn)) });
  if (!request.success) throw new SignInError("noCallbackUrl", { cause: request.error });
  return authorizationUrl(signIn.baseUrl, request.data);
}

/** The page that shows a code for the person to bring here. */
export async function addressForCode(signIn: OpenSignIn): Promise<string> {
  return authorizationUrl(signIn.baseUrl, HeadlessAuthKeysCodeRequest.parse(await parameters(signIn)));
}

/** Opens the page; false when it stayed closed. Throws `SignInError` where the editor could not even try. */
export async function openAuthorizationPage(
  address: string,
  host: Pick<SignInHost, "openExternal">,
): Promise<boolean> {
  try {
    return await host.openExternal(address);
  } catch (cause) {
    throw new SignInError("browserNotOpened", { cause });
  }
}

/** What both have in common: the challenge of this sign-in's verifier (RFC 7636, section 4.2), and the terms. */
const parameters = async ({ codeVerifier, requestedTerms }: OpenSignIn) => ({
  codeChallenge: await calculatePKCECodeChallenge(codeVerifier),
  codeChallengeMethod: "S256",
  ...requestedTerms,
});
