import type { ChatMessage, ReasoningDetail } from "../openrouter/chat";
import type { MessagePart, ToolCallPart } from "./messagePart";
import { readReasoningMetadata } from "./reasoningMetadata";

export interface ReasoningSource {
  readonly model: string;
  /** What came with these calls, once: a host may send the calls of one answer as several messages. */
  readonly recall: (calls: readonly ToolCallPart[]) => readonly ReasoningDetail[] | undefined;
  readonly note: (what: string) => void;
}

/**
 * The reasoning of an assistant's message, as OpenRouter sent it. Thinking of another model is left out, and so is
 * text of which nobody knows the model: some providers refuse what they haven't signed.
 */
export function chatReasoning(
  parts: readonly MessagePart[],
  { model, recall, note }: ReasoningSource,
): Pick<ChatMessage, "reasoning" | "reasoning_details"> {
  const thinking = parts.filter((part) => part.kind === "thinking");
  const metadata = thinking.map((part) => readReasoningMetadata(part.metadata)).findLast((known) => known);
  const isOurs = metadata?.model === model;
  const details =
    (isOurs ? metadata.reasoning_details : undefined) ??
    recall(parts.filter((part) => part.kind === "toolCall"));
  if (details) return { ...plainReasoning(details), reasoning_details: details };
  const reasoning = thinking.map(({ text }) => text).join("");
  if (isOurs && reasoning !== "") return { reasoning };
  if (thinking.length > 0) note(`left out thinking of ${metadata ? "another" : "an unknown"} model`);
  return {};
}

/**
 * Of models that sign nothing, the text too: DeepSeek's answer 400 without it, as OpenRouter makes their
 * `reasoning_content` of it.
 */
function plainReasoning(details: readonly ReasoningDetail[]): { reasoning?: string } {
  const texts: string[] = [];
  for (const { type, text, signature } of details as readonly Readonly<Record<string, unknown>>[]) {
    if (type !== "reasoning.text" || typeof text !== "string" || signature) return {};
    texts.push(text);
  }
  return { reasoning: texts.join("") };
}
