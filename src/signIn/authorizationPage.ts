import { calculatePKCECodeChallenge } from "oauth4webapi";
import { errorText } from "../common/log";
import {
  authorizationUrl,
  HeadlessAuthKeysCodeRequest,
  PostAuthKeysCodeRequest,
} from "../openrouter/authorizationRequest";
import { SignInError } from "./errors";
import type { OpenSignIn } from "./pendingSignIns";
import type { SignInHost } from "./signInHost";

/** The page that redirects to the callback URL. Throws `SignInError` if OpenRouter wouldn't accept that URL. */
export async function authorizationUrlForCallback(signIn: OpenSignIn, callbackUrl: string): Promise<string> {
  const request = PostAuthKeysCodeRequest.safeParse({ callbackUrl, ...(await parameters(signIn)) });
  if (!request.success) throw new SignInError("noCallbackUrl", { cause: request.error });
  return authorizationUrl(signIn.baseUrl, request.data);
}

/** The page that shows a code for the user to copy. */
export async function authorizationUrlForCode(signIn: OpenSignIn): Promise<string> {
  return authorizationUrl(signIn.baseUrl, HeadlessAuthKeysCodeRequest.parse(await parameters(signIn)));
}

/** Opens the page; false when the user declined, or there is no browser: then they can open it in another one. */
export async function openAuthorizationPage(
  url: string,
  { openExternal, log }: Pick<SignInHost, "openExternal" | "log">,
): Promise<boolean> {
  try {
    return await openExternal(url);
  } catch (error) {
    log.warn(`The browser can't be opened: ${errorText(error)}`);
    return false;
  }
}

/** What both requests have in common: the code challenge (RFC 7636, section 4.2), and the terms. */
const parameters = async ({ codeVerifier, requestedTerms }: OpenSignIn) => ({
  codeChallenge: await calculatePKCECodeChallenge(codeVerifier),
  codeChallengeMethod: "S256",
  ...requestedTerms,
});
