import * as z from "zod/mini";
import { parseJson } from "../common/parseJson";
import { OpenRouterError } from "./errors";
import { parseHttpDate } from "./httpDate";
import { isPage } from "./isPage";
import { networkFailure } from "./networkFailure";
import { isRedirect, onlyThisUrl } from "./onlyThisUrl";
import { readText } from "./readText";
import { statusError } from "./statusError";

/** What one request needs besides its own arguments. */
export interface RequestOptions {
  readonly fetch: typeof fetch;
  /** As `parseBaseUrl` returns it. */
  readonly baseUrl: string;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole response must have arrived. */
  readonly timeLimit?: number;
  /** Bytes of the longest response that is read. */
  readonly maximumBytes?: number;
  /** Gets a line per request: host and path, status, duration. */
  readonly log?: Record<"debug" | "warn", (text: string) => void>;
}

const defaultTimeLimit = 30_000;
const defaultMaximumBytes = 1_000_000;

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
  {
    fetch,
    baseUrl,
    signal,
    timeLimit = defaultTimeLimit,
    maximumBytes = defaultMaximumBytes,
    log,
  }: RequestOptions,
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
      ...onlyThisUrl,
      signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    });
    status = response.status;
    if (isRedirect(response)) {
      await response.body?.cancel();
      throw new OpenRouterError("redirected", "The request was redirected");
    }
    const text = await readText(response, maximumBytes);
    if (text === undefined) throw new OpenRouterError("answer", "The answer is too large");
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

/** Throws `OpenRouterError`, which names the invalid fields, but not their values. */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join(".") || "(whole)").join(", ");
  throw new OpenRouterError("answer", `The answer has not the form that was expected: ${where}`);
}
