import * as z from "zod/mini";
import { isLoopback } from "./baseUrl";
import { KeyTerms } from "./keyTerms";

/** Schemes that never belong to an application: they run code, read files, or are part of the web. */
const notAnApplication =
  /^(about|blob|chrome|data|file|filesystem|ftp|http|https|javascript|mailto|tel|vbscript|view-source|ws|wss):$/;

/**
 * What OpenRouter accepts as a callback URL: https on port 443 or 3000, http on a loopback host and any
 * port, or a private-use scheme (RFC 8252, section 7.1) such as `vscode`.
 */
export function isCallbackUrl(text: string): boolean {
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  if (username || password) return false;
  if (protocol === "https:") return port === "" || port === "3000";
  if (protocol === "http:") return isLoopback(hostname);
  return !notAnApplication.test(protocol);
}

const fields = {
  /** PKCE code challenge (RFC 7636, section 4.2). */
  codeChallenge: z.optional(z.string().check(z.refine((text) => text !== "", "must not be empty"))),
  codeChallengeMethod: z.optional(z.enum(["S256", "plain"], "must be S256 or plain")),
  ...KeyTerms.shape,
  workspaceId: z.optional(
    z
      .string()
      .check(z.refine((text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text), "must be a UUID")),
  ),
};

/**
 * OpenRouter's request for an authorization code, which rejects what OpenRouter would reject. The names are those
 * of the official SDK; on the wire they are snake_case.
 */
export const PostAuthKeysCodeRequest = z
  .object({
    callbackUrl: z
      .string()
      .check(
        z.refine(
          isCallbackUrl,
          "must be https on port 443 or 3000, http on a loopback address, or an application's own scheme",
        ),
      ),
    ...fields,
  })
  .check(
    z.refine((request) => request.codeChallengeMethod === undefined || request.codeChallenge !== undefined, {
      path: ["codeChallengeMethod"],
      error: "needs a codeChallenge",
    }),
  );
export type PostAuthKeysCodeRequest = z.infer<typeof PostAuthKeysCodeRequest>;

/**
 * The same without a callback URL: OpenRouter then shows the code on screen ("headless" in its guide
 * "OAuth PKCE") and insists on an S256 challenge.
 */
export const HeadlessAuthKeysCodeRequest = z.object({
  ...fields,
  codeChallenge: z.string().check(z.refine((text) => text !== "", "must not be empty")),
  codeChallengeMethod: z.literal("S256", "must be S256 where there is no callback URL"),
});
export type HeadlessAuthKeysCodeRequest = z.infer<typeof HeadlessAuthKeysCodeRequest>;

type AnyRequest = PostAuthKeysCodeRequest | HeadlessAuthKeysCodeRequest;

/** The fields that are set, by OpenRouter's names, in the order of the official SDK. */
function wireFields(request: AnyRequest): [name: string, value: string][] {
  const wire = {
    callback_url: "callbackUrl" in request ? request.callbackUrl : undefined,
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallengeMethod,
    // "100.0" and "100" are the same limit; the official SDK sends the shortest form.
    limit: request.limit && String(Number(request.limit)),
    key_label: request.keyLabel,
    usage_limit_type: request.usageLimitType,
    expires_at: request.expiresAt && new Date(request.expiresAt).toISOString(),
    workspace_id: request.workspaceId,
  };
  return Object.entries(wire).filter((field): field is [string, string] => field[1] !== undefined);
}

/** The URL of OpenRouter's consent page, `{baseUrl}/auth?…` (OpenRouter's guide "OAuth PKCE"). */
export function authorizationUrl(baseUrl: string, request: AnyRequest): string {
  const url = new URL(`${baseUrl}/auth`);
  for (const [name, value] of wireFields(request)) url.searchParams.set(name, value);
  return url.href;
}

/** The JSON body of `POST /api/v1/auth/keys/code`. The limit is a number there. */
export function authKeysCodeBody(request: PostAuthKeysCodeRequest): Record<string, string | number> {
  return Object.fromEntries(
    wireFields(request).map(([name, value]) => [name, name === "limit" ? Number(value) : value]),
  );
}
