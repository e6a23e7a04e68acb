/** Why a request to OpenRouter failed. */
export type OpenRouterFailure =
  | "network" // no response: offline, DNS, refused, reset, redirected
  | "tls" // no response: a certificate that isn't trusted
  | "proxy" // no response: a proxy that refuses or can't be reached
  | "timeout" // no complete response in time
  | "status" // a response with an error status
  | "answer"; // a response that violates OpenRouter's contract

/**
 * A failed request. The message is for the log, and quotes nothing from the server, which may echo a code or a key.
 */
export class OpenRouterError extends Error {
  override readonly name = "OpenRouterError";
  constructor(
    readonly failure: OpenRouterFailure,
    message: string,
    readonly details: {
      /** HTTP status. */
      readonly status?: number;
      /** The authorization code was valid, but has expired. */
      readonly expiredCode?: boolean;
      /** The request was made with a key, which the response is about. */
      readonly withKey?: boolean;
      /** The key has reached its limit, as opposed to the account running out of credits. */
      readonly keyLimit?: boolean;
      /** How long to wait before the next request, in milliseconds. */
      readonly retryAfter?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
