/** Why a request to OpenRouter failed. */
export type OpenRouterFailure =
  | "network" // no response: offline, DNS, refused, reset
  | "tls" // no response: a certificate that isn't trusted
  | "proxy" // no response: a proxy that refuses or can't be reached
  | "timeout" // no complete response in time
  | "redirected" // to somewhere else, which wasn't followed
  | "intermediary" // a response, but not OpenRouter's: a firewall's, a proxy's, a network's sign-in page
  | "status" // OpenRouter's response with an error status
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
      /** HTTP status: OpenRouter's own, or that of a server in front of it that is busy or broken. */
      readonly status?: number;
      /**
       * What is wrong with the authorization code. It is "unchallenged" if it was issued for a request without our
       * code challenge: the browser got only the beginning of the URL.
       */
      readonly code?: "rejected" | "expired" | "unchallenged";
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
