/** What a model of OpenRouter's is, in the few fields in use. */
export interface OpenRouterModel {
  /** Such as `anthropic/claude-sonnet-4.5` or `meta-llama/llama-4:free`. */
  readonly id: string;
  readonly name: string;
  /** Tokens of prompt and answer together: the smaller of the model's window and that of its top provider. */
  readonly contextLength: number;
  /** Tokens of an answer that the top provider serves; undefined where it doesn't say. */
  readonly maxCompletionTokens?: number;
  /** Such as `text`, `image`. */
  readonly inputModalities: readonly string[];
  /** Such as `tools`, `reasoning`, `temperature`. */
  readonly supportedParameters: readonly string[];
  /** USD per token. A router's are undefined: they depend on the model that it chooses. */
  readonly prices?: {
    readonly prompt: number;
    readonly completion: number;
    readonly cacheRead?: number;
    readonly cacheWrite?: number;
  };
  readonly reasoning?: {
    /** Highest first; undefined where the model takes all. */
    readonly efforts?: readonly string[];
    readonly defaultEffort?: string;
    readonly mandatory: boolean;
  };
  /** ISO 8601 date after which it may be gone. */
  readonly expirationDate?: string;
}
