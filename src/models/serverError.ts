import { isObject } from "../common/isObject";

/** An error as OpenRouter reports it, in a response or in a stream. All texts come from outside; "" where there's none. */
export interface ServerError {
  /** HTTP status; 0 where there is none. */
  readonly status: number;
  readonly message: string;
  /** What the provider said. */
  readonly raw: string;
  /** `ApiErrorType` of OpenRouter's OpenAPI document. */
  readonly type: string;
  /** Whose limit was reached (OpenRouter's guide "Limits"). */
  readonly limitSource: string;
  /** The same in more detail. */
  readonly reason: string;
  /** Why no provider can answer (OpenRouter's guide "Errors and Debugging", "Model availability errors"). */
  readonly availability: string;
  readonly provider: string;
  /** Whether OpenRouter says what made it, or its moderation, block the prompt. */
  readonly hasPatterns: boolean;
  readonly hasReasons: boolean;
  /** How long to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** When a limit of OpenRouter's own starts again, as `X-RateLimit-Reset` has it: in milliseconds since the epoch. */
  readonly resetAt: number | undefined;
}

/** Enough for all that is searched for. */
const maximumText = 4000;

/**
 * Parses the `error` of a response or of a chunk; undefined where it isn't OpenRouter's.
 * @param status the response's, where it's an error's
 */
export function parseServerError(error: unknown, status?: number): ServerError | undefined {
  const { message, code, metadata, availability, error_type: newType } = fields(error);
  if (typeof message !== "string") return undefined;
  const { raw, error_type: type, limit_source: limitSource, reason, ...more } = fields(metadata);
  const { provider_name: provider, patterns, reasons, headers } = more;
  const { "X-RateLimit-Reset": reset } = fields(headers);
  const { code: availabilityCode, retry_after: wait } = fields(availability);
  return {
    status: status ?? (Number(code) || 0),
    message: text(message),
    raw: text(raw),
    type: text(type) || text(newType),
    limitSource: text(limitSource),
    reason: text(reason),
    availability: text(availabilityCode),
    provider: text(provider),
    hasPatterns: Array.isArray(patterns),
    hasReasons: Array.isArray(reasons),
    retryAfter: typeof wait === "number" && wait >= 0 ? wait * 1000 : undefined,
    resetAt: parseReset(text(reset)),
  };
}

/** Parses `X-RateLimit-Reset`. Undefined where it isn't in milliseconds since the epoch. */
export const parseReset = (text: string | null) => (/^1\d{12}$/.test(text ?? "") ? Number(text) : undefined);

const fields = (value: unknown) => (isObject(value) ? value : {});

const text = (value: unknown) => (typeof value === "string" ? value.slice(0, maximumText) : "");
