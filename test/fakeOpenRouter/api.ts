import * as z from "zod/mini";
import { noteSecret } from "../audit/secrets.mjs";
import { type Answer, problem } from "./answer";
import {
  type AuthRequest,
  codeChallengeMethodSchema,
  InvalidAuthRequest,
  parseAuthBody,
} from "./authRequest";
import type { Codes } from "./codes";
import { type IssuedKey, isUsable, keyInformation } from "./keys";
import type { SignInFault } from "./misbehaviour";

export interface ApiCall {
  authorization: string | undefined;
  body: string;
}

/** The parts of the fake OpenRouter that the endpoints use. */
export interface ApiParts {
  codes: Codes;
  keys: readonly IssuedKey[];
  now: () => number;
  /** Whether to answer as in the guide, even if the real OpenRouter was seen to do otherwise. */
  asInGuide(): boolean;
  issueCode(authorized: AuthRequest, fault?: SignInFault): string;
  issueKey(authorized: AuthRequest): IssuedKey;
}

/** `POST /api/v1/auth/keys`: exchanges a code and its verifier for a key. */
export function exchange(call: ApiCall, { codes, issueKey, asInGuide }: ApiParts): Answer {
  const body = exchangeSchema.safeParse(call.body);
  if (!body.success) return malformed(call.body, body.error.issues, asInGuide());
  const { code, code_verifier, code_challenge_method } = body.data;
  noteSecret("fake OpenRouter", "verifier", code_verifier);
  const method = z.nullish(codeChallengeMethodSchema).safeParse(code_challenge_method);
  if (!method.success) return problem(400, "Invalid code_challenge_method");

  const redeemed = codes.redeem({
    code,
    codeVerifier: code_verifier,
    codeChallengeMethod: method.data ?? undefined,
  });
  if (redeemed === "unknown")
    return asInGuide() ? problem(403, "Invalid code or code_verifier") : problem(400, "Invalid code");
  if ("status" in redeemed) return redeemed;
  const { key, userId } = issueKey(redeemed);
  return { status: 200, body: { key, user_id: userId } };
}

/** The guide's error, or what the real OpenRouter was seen to send: text, or a list of what is wrong. */
function malformed(text: string, issues: readonly { message: string }[], asInGuide: boolean): Answer {
  if (asInGuide) return problem(400, "Invalid request parameters");
  if (!jsonSchema.safeParse(text).success) {
    return { status: 400, headers: { "Content-Type": "text/plain" }, body: "Malformed JSON in request body" };
  }
  const list = issues.map(({ message }) => ({ message }));
  return { status: 400, body: { success: false, error: { name: "ZodError", issues: list } } };
}

/** `POST /api/v1/auth/keys/code`: issues a code without showing the page. Requires a management key. */
export function createCode(call: ApiCall, parts: ApiParts): Answer {
  const caller = authenticate(call, parts);
  if ("status" in caller) return caller;
  if (!caller.isManagementKey) return problem(403, "Only management keys can perform this operation");
  const body = jsonSchema.safeParse(call.body);
  try {
    const id = parts.issueCode(parseAuthBody(body.data));
    const created_at = new Date(parts.now()).toISOString();
    return { status: 200, body: { data: { id, app_id: 12345, created_at } } };
  } catch (error) {
    if (error instanceof InvalidAuthRequest) return problem(400, "Invalid request parameters");
    throw error;
  }
}

/** `GET /api/v1/key`: the terms and the usage of the bearer's own key. */
export function currentKey(call: ApiCall, parts: ApiParts): Answer {
  const caller = authenticate(call, parts);
  return "status" in caller ? caller : { status: 200, body: keyInformation(caller) };
}

/** OpenRouter responds "User not found." to unknown, disabled, deleted and expired keys alike. */
export function authenticate(
  { authorization }: Pick<ApiCall, "authorization">,
  { keys, now }: Pick<ApiParts, "keys" | "now">,
): IssuedKey | Answer {
  const [, bearer] = /^bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (bearer === undefined) return problem(401, "Missing Authentication header");
  const issued = keys.find(({ key }) => key === bearer);
  return issued && isUsable(issued, now()) ? issued : problem(401, "User not found.");
}

const jsonSchema = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: "not JSON", input: text });
      return z.NEVER;
    }
  }),
);

const exchangeSchema = z.pipe(
  jsonSchema,
  z.object({
    code: z.string().check(z.minLength(1)),
    code_verifier: z.optional(z.string()),
    // Accept any string here: an unknown method gets its own error message.
    code_challenge_method: z.nullish(z.string()),
  }),
);
