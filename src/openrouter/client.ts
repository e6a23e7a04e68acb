import * as z from "zod/mini";
import { KeyInfo } from "./keyInfo";
import { parse, type RequestOptions, request } from "./request";

/** An opaque token that can stand in an Authorization header (RFC 6750, section 2.1, generously). */
const apiKey = z.string().check(z.refine((text) => /^[\x21-\x7e]+$/.test(text)));

const IssuedKey = z.object({ key: apiKey, user_id: z.optional(z.unknown()) });
/** A key, which OpenRouter shows only once; `userId` is undefined when OpenRouter doesn't name the user. */
export interface IssuedKey {
  readonly key: string;
  readonly userId: string | undefined;
}

/**
 * Exchanges an authorization code for an API key: `POST {baseUrl}/api/v1/auth/keys` (OpenRouter's guide
 * "OAuth PKCE", step 3). Throws `OpenRouterError`.
 */
export async function exchangeCode(
  { code, codeVerifier }: { code: string; codeVerifier: string },
  options: RequestOptions,
): Promise<IssuedKey> {
  const { body } = await request(IssuedKey, "/api/v1/auth/keys", options, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code, code_verifier: codeVerifier, code_challenge_method: "S256" }),
  });
  return { key: body.key, userId: (typeof body.user_id === "string" && body.user_id) || undefined };
}

const KeyAnswer = z.object({ data: z.custom<object>((data) => data instanceof Object) });

/** What the key may spend and has spent: `GET {baseUrl}/api/v1/key`. Throws `OpenRouterError`. */
export async function getCurrentKey(key: string, options: RequestOptions): Promise<KeyInfo> {
  const headers = { Authorization: `Bearer ${key}` };
  const { body, answeredAt } = await request(KeyAnswer, "/api/v1/key", options, { headers });
  const camelCase = (name: string) => name.replace(/_(\w)/g, (_, first: string) => first.toUpperCase());
  const fields = Object.entries(body.data).map(([name, value]) => [camelCase(name), value]);
  return parse(KeyInfo, { ...Object.fromEntries(fields), answeredAt });
}
