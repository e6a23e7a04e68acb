import type { JsonObject } from "./answer";
import type { AnswerContext } from "./chatEvents";

/** An answer in one piece: OpenAI's `Response`. */
export async function responseResult(context: AnswerContext): Promise<JsonObject> {
  const { failed, finishReason } = context.soFar;
  // What fails isn't paid.
  const usage = failed ? null : await context.usage();
  const status = failed ? "failed" : finishReason === "length" ? "incomplete" : "completed";
  return {
    ...emptyResponse(context, status),
    ...(failed && { error: { code: "server_error", message: failed.message } }),
    ...(status === "incomplete" && { incomplete_details: { reason: "max_output_tokens" } }),
    output: outputItems(context, "completed"),
    usage: usage && {
      input_tokens: usage.prompt_tokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: usage.completion_tokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage.total_tokens,
      cost: usage.cost,
    },
  };
}

/** A response of which nothing has been said yet. */
export function emptyResponse({ id, model, created }: AnswerContext, status: string): JsonObject {
  return {
    id,
    object: "response",
    created_at: created,
    status,
    model,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    output: [],
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: "auto",
    tools: [],
    top_p: null,
    usage: null,
  };
}

/** What was said so far: the text first, then the calls. */
export function outputItems({ id, soFar }: AnswerContext, status: string): JsonObject[] {
  return [
    ...(soFar.text
      ? [{ type: "message", id: `msg_${id}`, status, role: "assistant", content: [outputText(soFar.text)] }]
      : []),
    ...soFar.toolCalls.map(({ id, name }, index) => ({
      type: "function_call",
      id: `fc_${id}`,
      call_id: id,
      name,
      arguments: soFar.toolArguments[index],
      status,
    })),
  ];
}

export const outputText = (text: string) => ({ type: "output_text", text, annotations: [], logprobs: [] });
