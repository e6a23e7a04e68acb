/** Why a model didn't answer, or not to the end. */
export type ChatFailure =
  // Nothing was sent to OpenRouter:
  | "notConnected"
  | "keysUnreadable" // SecretStorage can't be read
  | "notAllowed" // the user didn't allow the extension
  | "notAnswered" // the user didn't say in time whether it's allowed
  | "unknownModel" // the list of models doesn't have it
  | "badSettings" // a setting for requests is invalid: `setting`
  | "overBudget" // the extension has spent what it may in this month: `usedBudget`
  | "spendingUnreadable" // there is a budget, and what was spent can't be read
  | "badInput" // a message that can't be sent, such as one without content
  // No response, or one that isn't OpenRouter's:
  | "network"
  | "tls"
  | "proxy"
  | "redirected"
  | "intermediary"
  | "timeout" // no first byte in time
  // OpenRouter refused:
  | "keyRefused" // 401
  | "providerKeyRefused" // the key with which OpenRouter asks the provider, such as the user's own
  | "keyLimit" // the key's own limit
  | "outOfCredits" // the account's
  | "tooFewCredits" // for the tokens that this request may take: `affordableTokens`
  | "notPermitted" // 403, for another reason than those named here
  | "noEndpoint" // the privacy settings or the routing leave none
  | "modelGone" // retired, or no such model
  | "promptTooLong"
  | "tooLarge" // 413
  | "badRequest" // 400 or 422, for another reason
  | "rateLimited" // 429
  | "freeRateLimited" // of models that are free
  | "overloaded" // 502, 503, 524, 529: the provider, not OpenRouter
  | "server" // 500 and the like
  | "moderated" // the prompt was flagged
  | "guardrail" // the user's organization blocks it
  // It began to answer:
  | "interrupted" // the connection broke, or the stream ended without its end
  | "stalled" // nothing came for too long
  | "providerError" // an error in mid-stream that is none of the above
  | "cutOff" // finish_reason length, before a tool call was whole
  | "filtered" // finish_reason content_filter
  | "badToolCall" // its arguments aren't JSON
  | "badStream" // what came isn't a stream of OpenRouter's
  | "unexpected"; // a bug

/** What an extension has spent of its budget, in USD, on days such as "2026-11-01" (UTC). */
export interface UsedBudget {
  readonly spent: number;
  readonly budget: number;
  /** The first day that counts. */
  readonly since: string;
  /** The day on which it starts again. */
  readonly resets: string;
}

/** A request to a model failed. The message is for the log, and quotes nothing from the server. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  constructor(
    readonly failure: ChatFailure,
    message: string,
    readonly details: {
      readonly status?: number;
      /** How long to wait before the next request, in milliseconds. */
      readonly retryAfter?: number;
      /** How many tokens the rest of the credits can pay. */
      readonly affordableTokens?: number;
      /** What the model can take, and what it got, where the server said so. */
      readonly maxTokens?: number;
      readonly promptTokens?: number;
      readonly usedBudget?: UsedBudget;
      readonly setting?: "providerRouting" | "extensionBudgets";
      /** The name of a tool. */
      readonly tool?: string;
      /** The name of the provider that moderates. From outside: to be shown as plain text. */
      readonly provider?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
