import * as z from "zod/mini";
import { parseJson } from "../common/parseJson";
import { OpenRouterError } from "./errors";
import { isPage } from "./isPage";
import { retryAfter } from "./retryAfter";

/** OpenRouter's errors, by its OpenAPI document. Gateways have the same form, since it is also OpenAI's. */
const ErrorBody = z.object({ error: z.object({ message: z.string() }) });

/**
 * What a response with an error status means. Only OpenRouter's own JSON says something about a key, a code or
 * credits: a firewall has its pages for 401, 402 and 403 as well.
 * @param text the body
 * @param withKey whether the request was made with a key, as opposed to a code
 */
export function statusError(response: Response, text: string, withKey: boolean): OpenRouterError {
  const { status } = response;
  if (status === 407) return new OpenRouterError("proxy", "A proxy wants to be signed in to");
  const message = z.safeParse(ErrorBody, parseJson(text)).data?.error.message;
  const code = withKey ? undefined : codeProblem(status, message, text);
  // 511 comes from a network that wants to be signed in to (RFC 6585, section 6).
  const isOpenRouters = (message !== undefined || code || isBusyOrBroken(status)) && status !== 511;
  if (!isOpenRouters)
    return new OpenRouterError("intermediary", `Something other than OpenRouter answered ${status}`);
  const wait = retryAfter(response.headers);
  return new OpenRouterError("status", `OpenRouter answered ${status}`, {
    status,
    ...(withKey && { withKey }),
    ...(code && { code }),
    ...(status === 403 && /key limit exceeded/i.test(message ?? "") && { keyLimit: true }),
    ...(wait !== undefined && { retryAfter: wait }),
  });
}

/** What servers in front of an API say for it, in pages of their own. */
const isBusyOrBroken = (status: number) => status === 429 || status >= 500;

/**
 * What is wrong with a code. OpenRouter's guide has 403 for all but a challenge method; in 2026 it was seen to answer
 * 400 "Invalid code" to a code that is unknown or used, and text or a list of issues to a body that it can't read, in
 * which only the code varies.
 */
function codeProblem(
  status: number,
  message: string | undefined,
  text: string,
): OpenRouterError["details"]["code"] {
  if (message === undefined) return status === 400 && text.trim() && !isPage(text) ? "rejected" : undefined;
  if (status !== 400 && status !== 403) return undefined;
  if (/code_challenge_method/i.test(message)) return "unchallenged";
  // "Invalid or expired" doesn't say which.
  return /expired/i.test(message) && !/invalid/i.test(message) ? "expired" : "rejected";
}
