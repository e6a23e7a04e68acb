import * as z from "zod/mini";
import { OpenRouterError } from "./errors";

/** What one request needs besides its own arguments. */
export interface RequestOptions {
  readonly fetch: typeof fetch;
  /** As `parseBaseUrl` returns it. */
  readonly baseUrl: string;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole answer must be there. */
  readonly timeLimit?: number;
}

const defaultTimeLimit = 30_000;
const maximumBytes = 1_000_000;

/** An opaque token that can stand in an Authorization header (RFC 6750, section 2.1, generously). */
const apiKey = z.string().check(z.refine((text) => /^[\x21-\x7e]+$/.test(text)));

const IssuedKey = z.object({ key: apiKey, user_id: z.optional(z.nullable(z.string())) });
/** A key that OpenRouter shows this once; `userId` is undefined when OpenRouter doesn't tell it. */
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
  const answer = await request(IssuedKey, "/api/v1/auth/keys", options, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code, code_verifier: codeVerifier, code_challenge_method: "S256" }),
  });
  return { key: answer.key, userId: answer.user_id || undefined };
}

const CurrentKey = z.object({
  data: z.object({
    creator_user_id: z.optional(z.nullable(z.string())),
    is_management_key: z.optional(z.boolean()),
  }),
});
/** What OpenRouter tells of a key, as far as it is used. */
export interface CurrentKey {
  readonly userId: string | undefined;
  readonly isManagementKey: boolean;
}

/** Asks what a key is: `GET {baseUrl}/api/v1/key`. Throws `OpenRouterError`, with status 401 for a dead key. */
export async function getCurrentKey(key: string, options: RequestOptions): Promise<CurrentKey> {
  const { data } = await request(CurrentKey, "/api/v1/key", options, {
    headers: { Authorization: `Bearer ${key}` },
  });
  return { userId: data.creator_user_id || undefined, isManagementKey: data.is_management_key === true };
}

/** Sends one request and parses its answer; every way to fail is an `OpenRouterError`. */
async function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  { fetch, baseUrl, signal, timeLimit = defaultTimeLimit }: RequestOptions,
  init: RequestInit,
): Promise<z.infer<Schema>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeLimit);
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      // No cookies, no cache, and no redirect: what is sent is meant for this address alone.
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    });
    const text = await readText(response);
    if (!response.ok) throw statusError(response, text);
    return parse(schema, text);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof OpenRouterError) throw error;
    if (limit.signal.aborted) throw new OpenRouterError("timeout", `No answer within ${timeLimit} ms`);
    throw new OpenRouterError("network", "The request failed", { cause: error });
  } finally {
    clearTimeout(timer);
    limit.abort(); // lets go of a body that was not read to its end
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = "";
  for (let bytes = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maximumBytes) {
      await reader.cancel(); // Node keeps the connection, on an abort alone
      throw new OpenRouterError("answer", "The answer is too large");
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, text: string): z.infer<Schema> {
  const result = z.safeParse(schema, parseJson(text));
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join(".") || "(whole)").join(", ");
  throw new OpenRouterError("answer", `The answer has not the form that was expected: ${where}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which no schema of ours accepts; the parser's own error would quote the text
  }
}

const ErrorBody = z.object({ error: z.object({ message: z.string() }) });

function statusError(response: Response, text: string): OpenRouterError {
  const { status } = response;
  const body = z.safeParse(ErrorBody, parseJson(text));
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new OpenRouterError("status", `OpenRouter answered ${status}`, {
    status,
    ...(body.success && status === 403 && /expired/i.test(body.data.error.message) && { expiredCode: true }),
    ...(seconds >= 0 && { retryAfter: seconds * 1000 }),
  });
}
