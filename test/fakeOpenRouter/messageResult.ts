import type { JsonObject } from "./answer";
import type { AnswerContext } from "./chatEvents";

/** An answer in one piece: Anthropic's `Message`, with what OpenRouter adds to the usage. */
export async function messageResult(context: AnswerContext): Promise<JsonObject> {
  const { soFar } = context;
  const tools = soFar.toolCalls.map(({ id, name }, index) => ({
    type: "tool_use",
    id,
    name,
    input: JSON.parse(soFar.toolArguments[index] || "{}"),
  }));
  return {
    ...emptyMessage(context),
    content: [...(soFar.text ? [{ type: "text", text: soFar.text, citations: null }] : []), ...tools],
    stop_reason: stopReason(soFar.finishReason),
    usage: messageUsage(await context.usage()),
  };
}

/** A message of which nothing has been said yet. */
export function emptyMessage({ id, model, provider }: AnswerContext): JsonObject {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    provider,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: messageUsage(null),
  };
}

export function stopReason(finishReason: string | null): string | null {
  if (finishReason === "tool_calls") return "tool_use";
  if (finishReason === "length") return "max_tokens";
  if (finishReason === "content_filter") return "refusal";
  return finishReason && "end_turn";
}

/** `usage` of `/chat/completions` in Anthropic's words. */
export function messageUsage(usage: JsonObject | null): JsonObject {
  return {
    input_tokens: usage?.prompt_tokens ?? 0,
    output_tokens: usage?.completion_tokens ?? 0,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cost: usage?.cost,
  };
}
