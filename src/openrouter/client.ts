import * as z from "zod/mini";
import { OpenRouterError, type OpenRouterFailure } from "./errors";
import { KeyInformation } from "./keyInformation";

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

const IssuedKey = z.object({ key: apiKey, user_id: z.optional(z.unknown()) });
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
  return { key: answer.key, userId: (typeof answer.user_id === "string" && answer.user_id) || undefined };
}

const KeyAnswer = z.object({ data: z.custom<object>((data) => data instanceof Object) });

/** What the key may spend and has spent: `GET {baseUrl}/api/v1/key`. Throws `OpenRouterError`. */
export async function getCurrentKey(key: string, options: RequestOptions): Promise<KeyInformation> {
  const headers = { Authorization: `Bearer ${key}` };
  const { data } = await request(KeyAnswer, "/api/v1/key", options, { headers });
  const camelCase = (name: string) => name.replace(/_(\w)/g, (_, first: string) => first.toUpperCase());
  const fields = Object.entries(data).map(([name, value]) => [camelCase(name), value]);
  return parse(KeyInformation, Object.fromEntries(fields));
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
    if (!response.ok)
      throw statusError(response, text, init.headers !== undefined && "Authorization" in init.headers);
    return parse(schema, parseJson(text));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof OpenRouterError) throw error;
    if (limit.signal.aborted) throw new OpenRouterError("timeout", `No answer within ${timeLimit} ms`);
    throw new OpenRouterError(networkFailure(error), "The request failed", { cause: error });
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

function parse<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, input);
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

/**
 * Why there was no answer, as far as the host tells: Node in the codes of a chain of causes, Electron in a
 * message such as "net::ERR_CERT_AUTHORITY_INVALID", a browser not at all.
 */
function networkFailure(error: unknown): OpenRouterFailure {
  let text = "";
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    text += `${"code" in cause ? cause.code : ""} ${cause.message} `;
  }
  if (/cert|\bssl|\btls|ERR_TLS|ERR_SSL|issuer|leaf.signature/i.test(text)) return "tls";
  return /proxy|tunnel/i.test(text) ? "proxy" : "network";
}

function statusError(response: Response, text: string, withKey: boolean): OpenRouterError {
  const { status } = response;
  if (status === 407) return new OpenRouterError("proxy", "A proxy wants to be signed in to");
  const body = z.safeParse(ErrorBody, parseJson(text));
  const is403 = (words: RegExp) => body.success && status === 403 && words.test(body.data.error.message);
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new OpenRouterError("status", `OpenRouter answered ${status}`, {
    status,
    ...(withKey && { withKey }),
    ...(is403(/expired/i) && !withKey && { expiredCode: true }),
    ...(is403(/key limit exceeded/i) && { keyLimit: true }),
    ...(seconds >= 0 && { retryAfter: seconds * 1000 }),
  });
}
