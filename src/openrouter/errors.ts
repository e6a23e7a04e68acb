/** Why a request to OpenRouter gave nothing to work with. */
export type OpenRouterFailure =
  | "network" // no answer: offline, DNS, refused, reset, redirect to another place
  | "tls" // no answer: a certificate that isn't trusted
  | "proxy" // no answer: a proxy that refuses or can't be reached
  | "timeout" // no complete answer in time
  | "status" // an answer with an error status
  | "answer"; // an answer that isn't what OpenRouter's contract says

/**
 * A failed request. The message is for the log: it holds nothing that the server said, as a server may
 * echo a code or a key.
 */
export class OpenRouterError extends Error {
  override readonly name = "OpenRouterError";
  constructor(
    readonly failure: OpenRouterFailure,
    message: string,
    readonly details: {
      /** HTTP status. */
      readonly status?: number;
      /** The authorization code was right, but too old. */
      readonly expiredCode?: boolean;
      /** The request was made with a key: the answer is about that key. */
      readonly withKey?: boolean;
      /** The key has spent its own limit, as opposed to the account its credits. */
      readonly keyLimit?: boolean;
      /** How long the server wants to be left alone, in milliseconds. */
      readonly retryAfter?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
