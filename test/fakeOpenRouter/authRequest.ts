import * as z from "zod/mini";
import { noteSecret } from "../audit/secrets.mjs";
import { isCallbackAllowed, stateOf } from "./callback";

/** A client's request to `/auth` or `/auth/keys/code`: the request model of OpenRouter's OpenAPI document. */
export interface AuthRequest {
  /** Omitted in headless mode, where the user copies the code from the page. */
  callbackUrl: string | undefined;
  codeChallenge: string | undefined;
  codeChallengeMethod: CodeChallengeMethod;
  keyLabel: string | undefined;
  workspaceId: string | undefined;
  state: string | undefined;
  terms: KeyTerms;
}

export type CodeChallengeMethod = "S256" | "plain";
export type LimitReset = "daily" | "weekly" | "monthly";

/** How much a key may spend, and until when. */
export interface KeyTerms {
  /** USD; null for no limit. */
  limit: number | null;
  limitReset: LimitReset | null;
  /** ISO 8601, UTC; null for never. */
  expiresAt: string | null;
}

/** The page and the API show its message. */
export class InvalidAuthRequest extends Error {
  override readonly name = "InvalidAuthRequest";
}

/** The query of `/auth`, without the question mark. */
export function parseAuthQuery(query: string): AuthRequest {
  const request = parse(querySchema, Object.fromEntries(new URLSearchParams(query)));
  // OpenRouter's guide "OAuth PKCE": without a callback, anyone who sees the screen could use the code.
  if (
    request.callbackUrl === undefined &&
    !(request.codeChallenge && request.codeChallengeMethod === "S256")
  ) {
    throw new InvalidAuthRequest("Without callback_url a code_challenge with S256 is required");
  }
  noteSecret("fake OpenRouter", "state", request.callbackUrl && stateOf(request.callbackUrl));
  return request;
}

/** The body of `POST /api/v1/auth/keys/code`. */
export function parseAuthBody(body: unknown): AuthRequest {
  return parse(bodySchema, body);
}

/** An amount of USD as the query and the page's field have it. */
export function parseLimit(text: string): number {
  const limit = limitTextSchema.safeParse(text);
  if (!limit.success) throw new InvalidAuthRequest("Invalid limit");
  return limit.data;
}

/** The guide's `code_challenge_method`. RFC 7636, section 4.3: the default is "plain". */
export const codeChallengeMethodSchema = z.enum(["S256", "plain"]);

const sharedFields = {
  code_challenge: z.optional(z.string().check(z.minLength(1))),
  code_challenge_method: z.optional(codeChallengeMethodSchema),
  key_label: z.optional(z.string().check(z.maxLength(100))),
  usage_limit_type: z.optional(z.enum(["daily", "weekly", "monthly"])),
  // OpenRouter rejects timestamps without seconds.
  expires_at: z.nullish(
    z.string().check(
      z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      z.refine((text) => !Number.isNaN(Date.parse(text))),
    ),
  ),
  workspace_id: z.optional(z.uuid()),
  state: z.optional(z.string()),
};
const callbackUrlSchema = z.string().check(z.refine(isCallbackAllowed));
const limitSchema = z.number().check(z.nonnegative());

const limitTextSchema = z.pipe(
  z.pipe(z.string().check(z.regex(/^\d+(\.\d+)?$/)), z.transform(Number)),
  limitSchema,
);

const querySchema = z.object({
  ...sharedFields,
  callback_url: z.optional(callbackUrlSchema),
  limit: z.optional(limitTextSchema),
});
const bodySchema = z.object({
  ...sharedFields,
  callback_url: callbackUrlSchema,
  limit: z.optional(limitSchema),
});

function parse(schema: typeof querySchema | typeof bodySchema, input: unknown): AuthRequest {
  const result = schema.safeParse(input);
  if (!result.success) {
    throw new InvalidAuthRequest(`Invalid ${result.error.issues[0]?.path.join(".") || "request"}`);
  }
  const fields = result.data;
  if (fields.code_challenge_method !== undefined && fields.code_challenge === undefined) {
    throw new InvalidAuthRequest("code_challenge_method without a code_challenge");
  }
  return {
    callbackUrl: fields.callback_url,
    codeChallenge: fields.code_challenge,
    codeChallengeMethod: fields.code_challenge_method ?? "plain",
    keyLabel: fields.key_label,
    workspaceId: fields.workspace_id,
    state: fields.state,
    terms: {
      limit: fields.limit ?? null,
      limitReset: fields.usage_limit_type ?? null,
      expiresAt: fields.expires_at ?? null,
    },
  };
}
