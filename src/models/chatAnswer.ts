import type { ChatUsage, ReasoningDetail } from "../openrouter/chat";

/** What a model says, as it comes. */
export type ChatPart =
  | { readonly kind: "text"; readonly text: string }
  /** For the user to read. */
  | { readonly kind: "reasoning"; readonly text: string }
  /** All of it, once, before the tool calls: to be sent back unchanged. */
  | { readonly kind: "reasoningDetails"; readonly details: readonly ReasoningDetail[] }
  /** What OpenRouter counted and charged: also of an answer that then fails. */
  | { readonly kind: "usage"; readonly usage: ChatUsage }
  /** What came of a tool call, or of reasoning that can't be read and has no text here: for estimates. */
  | { readonly kind: "piece"; readonly text: string }
  /** The model that answers, if OpenRouter chose it. */
  | { readonly kind: "model"; readonly model: string }
  /** Whole. */
  | { readonly kind: "toolCall"; readonly id: string; readonly name: string; readonly input: object };

/** How an answer ended, once all its parts were reported. */
export interface ChatEnd {
  /** `length`: the answer is as long as the model, or the request, lets it be, and may end in the middle of a sentence. */
  readonly finishReason: "stop" | "tool_calls" | "length";
  /** The model that answered, if OpenRouter chose it. */
  readonly model?: string;
  /** The id of this answer at OpenRouter, for the log. */
  readonly generationId?: string;
}
