import { parseHttpDate } from "./httpDate";

/** In milliseconds. Nobody waits longer than a day for an answer; a server that says so means something else. */
export const longestWait = 24 * 60 * 60_000;

/**
 * The wait in a `Retry-After` header (RFC 9110, section 10.2.3), in milliseconds, a day at most; undefined where the
 * header says nothing that is valid.
 * @param now the time that a date is measured against, in milliseconds since the epoch: the server's, if it is known
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : (parseHttpDate(text) ?? Number.NaN) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), longestWait);
}

/** The wait that a response wants, in milliseconds, by the server's clock; undefined where it doesn't say. */
export function retryAfter(headers: Headers): number | undefined {
  const now = parseHttpDate(headers.get("date") ?? "") ?? Date.now();
  return parseRetryAfter(headers.get("Retry-After"), now);
}
