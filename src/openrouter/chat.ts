/**
 * What is sent to and comes from `POST {baseUrl}/api/v1/chat/completions`: the part in use of `ChatRequest` and
 * `ChatStreamChunk` in OpenRouter's OpenAPI document, with its names.
 */

/** A request, as JSON. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: true;
  readonly tools?: readonly ChatTool[];
  readonly tool_choice?: "required";
  readonly max_completion_tokens?: number;
  readonly reasoning?: { readonly effort?: string; readonly [parameter: string]: unknown };
  /** OpenRouter's `provider` object, as the user set it. */
  readonly provider?: object;
  readonly cache_control?: { readonly type: "ephemeral" };
  /** Sticky routing and grouping, at most 256 characters. */
  readonly session_id?: string;
  /** Other parameters of OpenRouter that the caller set. */
  readonly [parameter: string]: unknown;
}

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | readonly ChatContent[] | null;
  readonly name?: string;
  /** Of an assistant. */
  readonly tool_calls?: readonly ChatToolCall[];
  /** Of an assistant. Only where the details aren't known, or are nothing but text. */
  readonly reasoning?: string;
  /** Of an assistant, as OpenRouter sent them. */
  readonly reasoning_details?: readonly ReasoningDetail[];
  /** Of a tool's result. */
  readonly tool_call_id?: string;
}

export type ChatContent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

export interface ChatToolCall {
  readonly id: string;
  readonly type: "function";
  /** The arguments are JSON. */
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface ChatTool {
  readonly type: "function";
  readonly function: { readonly name: string; readonly description?: string; readonly parameters: object };
}

/** Opaque: OpenRouter wants these back unchanged, whatever fields they have. */
export interface ReasoningDetail {
  readonly type: string;
  readonly index?: number;
  readonly [field: string]: unknown;
}

/** Tokens, and their cost in USD. */
export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
  /** What OpenRouter charged; undefined where it didn't say. */
  readonly cost?: number;
  /** What the user's own provider key was charged besides (`cost_details.upstream_inference_cost`). */
  readonly upstreamCost?: number;
}
