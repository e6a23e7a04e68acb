import * as z from "zod/mini";
import { parseJson } from "../common/parseJson";
import { OpenRouterError } from "./errors";
import { parseHttpDate } from "./httpDate";
import { networkFailure } from "./networkFailure";
import { parseRetryAfter } from "./retryAfter";

/** What one request needs besides its own arguments. */
export interface RequestOptions {
  readonly fetch: typeof fetch;
  /** As `parseBaseUrl` returns it. */
  readonly baseUrl: string;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole response must have arrived. */
  readonly timeLimit?: number;
  /** Gets a line per request: host and path, status, duration. */
  readonly log?: Record<"debug" | "warn", (text: string) => void>;
}

const defaultTimeLimit = 30_000;
const maximumBytes = 1_000_000;

/** Sends one request and parses the response. Throws `OpenRouterError`, or the signal's reason once it is aborted. */
export async function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  { fetch, baseUrl, signal, timeLimit = defaultTimeLimit, log }: RequestOptions,
  init: RequestInit,
): Promise<z.infer<Schema>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeLimit);
  const began = performance.now();
  let status: number | undefined;
  let level: "debug" | "warn" = "warn";
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      // No cookies, no cache, no redirects: what is sent is meant for this URL alone.
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    });
    status = response.status;
    const text = await readText(response);
    if (!response.ok)
      throw statusError(response, text, init.headers !== undefined && "Authorization" in init.headers);
    const answer = parse(schema, parseJson(text));
    level = "debug";
    return answer;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof OpenRouterError) throw error;
    if (limit.signal.aborted) throw new OpenRouterError("timeout", `No answer within ${timeLimit} ms`);
    const { hostname } = new URL(baseUrl);
    throw new OpenRouterError(networkFailure(error, hostname), "The request failed", { cause: error });
  } finally {
    const time = Math.round(performance.now() - began);
    log?.[level](`${new URL(baseUrl).host} ${path}: ${status ?? "no answer"}, ${time} ms`);
    clearTimeout(timer);
    limit.abort(); // releases a body that was not read to its end
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
      await reader.cancel(); // on an abort alone, Node keeps the connection
      throw new OpenRouterError("answer", "The answer is too large");
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** Throws `OpenRouterError`, which names the invalid fields, but not their values. */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join(".") || "(whole)").join(", ");
  throw new OpenRouterError("answer", `The answer has not the form that was expected: ${where}`);
}

const ErrorBody = z.object({ error: z.object({ message: z.string() }) });

function statusError(response: Response, text: string, withKey: boolean): OpenRouterError {
  const { status } = response;
  if (status === 407) return new OpenRouterError("proxy", "A proxy wants to be signed in to");
  const body = z.safeParse(ErrorBody, parseJson(text));
  const is403 = (words: RegExp) => body.success && status === 403 && words.test(body.data.error.message);
  const now = parseHttpDate(response.headers.get("date") ?? "") ?? Date.now();
  const retryAfter = parseRetryAfter(response.headers.get("Retry-After"), now);
  return new OpenRouterError("status", `OpenRouter answered ${status}`, {
    status,
    ...(withKey && { withKey }),
    ...(is403(/expired/i) && !withKey && { expiredCode: true }),
    ...(is403(/key limit exceeded/i) && { keyLimit: true }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
