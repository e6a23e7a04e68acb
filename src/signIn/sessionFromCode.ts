import { exchangeCode } from "../openrouter/client";
import type { RequestOptions } from "../openrouter/request";
import { accountLabel, type Session } from "../sessions/session";
import type { OpenSignIn } from "./pendingSignIns";

/** Exchanges the code of a sign-in for a key, as a session to be stored. Throws `OpenRouterError`. */
export async function sessionFromCode(
  signIn: OpenSignIn,
  code: string,
  { now, ...request }: Omit<RequestOptions, "baseUrl"> & { now(): number },
): Promise<Session> {
  const { baseUrl, codeVerifier, requestedTerms } = signIn;
  const { key, userId } = await exchangeCode({ code, codeVerifier }, { ...request, baseUrl });
  return {
    version: 2,
    id: crypto.randomUUID(),
    key,
    label: accountLabel(requestedTerms.keyLabel),
    ...(userId !== undefined && { userId }),
    baseUrl,
    createdAt: now(),
    signInId: signIn.id,
  };
}
