import * as z from "zod/mini";
import { parseJson } from "../common/parseJson";
import { OpenRouterError } from "./errors";
import { parseHttpDate } from "./httpDate";
import { networkFailure } from "./networkFailure";
import { isPage, statusError } from "./statusError";

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

/** A parsed response. */
export interface Answer<T> {
  readonly body: T;
  /** The server's clock when it responded, in milliseconds since the epoch; undefined where it doesn't say, or a browser hides it. */
  readonly answeredAt: number | undefined;
}

/** Sends one request and parses the response. Throws `OpenRouterError`, or the signal's reason once it is aborted. */
export async function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  { fetch, baseUrl, signal, timeLimit = defaultTimeLimit, log }: RequestOptions,
  init: RequestInit,
): Promise<Answer<z.infer<Schema>>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeLimit);
  const began = performance.now();
  let status: number | undefined;
  let level: "debug" | "warn" = "warn";
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      // No cookies, no cache, no redirects followed: what is sent is meant for this URL alone.
      credentials: "omit",
      cache: "no-store",
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    });
    status = response.status;
    // A browser hides the status of a redirect.
    if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
      await response.body?.cancel();
      throw new OpenRouterError("redirected", "The request was redirected");
    }
    const text = await readText(response);
    if (!response.ok)
      throw statusError(response, text, init.headers !== undefined && "Authorization" in init.headers);
    if (isPage(text)) throw new OpenRouterError("intermediary", "A page came instead of an answer");
    const body = parse(schema, parseJson(text));
    level = "debug";
    return { body, answeredAt: parseHttpDate(response.headers.get("date") ?? "") };
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
