/** What a model of OpenRouter's is, in the few fields in use. */
export interface OpenRouterModel {
  /** Such as `anthropic/claude-sonnet-4.5` or `meta-llama/llama-4:free`. */
  readonly id: string;
  readonly name: string;
  /**
   * Tokens of prompt and answer together: the smaller of the model's window and that of its top provider, or
   * `unknownContextLength`.
   */
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
  /** Those of its usual provider, for estimates, where another one may answer. */
  readonly usualPrices?: OpenRouterModel["prices"];
  readonly reasoning?: {
    /** Highest first; undefined where the model takes all. */
    readonly efforts?: readonly string[];
    /** What the model does when nothing is asked for, `none` if it doesn't reason then; undefined where unknown. */
    readonly defaultEffort?: string;
    readonly mandatory: boolean;
  };
  /** ISO 8601 date after which it may be gone. */
  readonly expirationDate?: string;
}

/** The models that a key can use. */
export interface ModelList {
  /** In OpenRouter's order. */
  readonly models: readonly OpenRouterModel[];
  /** The ids of those with tools that all users use most, first the most popular. Some may not be in `models`. */
  readonly popular: readonly string[];
}

/** Tokens: what the window is taken for where OpenRouter doesn't say. Fewer models have a smaller one each month. */
export const unknownContextLength = 128_000;

/**
 * Whether this can be a model's id. Others are left out: VS Code shows ids in Markdown that it trusts, with links to
 * commands, so nothing may stand in one that is markup.
 */
export const isModelId = (text: string) => /^[\w.:/@~+-]{1,200}$/.test(text);
