import type { JsonObject } from "./answer";
import type { AnswerContext } from "./chatEvents";

/** The same answer in one piece: `ChatResult` in OpenRouter's OpenAPI document. */
export async function chatResult(context: AnswerContext): Promise<JsonObject> {
  const { id, provider, model, created, soFar } = context;
  const tool_calls = soFar.toolCalls.map(({ id, name }, index) => ({
    index,
    id,
    type: "function",
    function: { name, arguments: soFar.toolArguments[index] },
  }));
  return {
    id,
    provider,
    model,
    object: "chat.completion",
    created,
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        logprobs: null,
        finish_reason: soFar.finishReason,
        native_finish_reason: soFar.finishReason,
        // Once a model has begun, its failures come with status 200 and what it had said.
        ...(soFar.failed && { error: soFar.failed }),
        message: {
          role: "assistant",
          content: soFar.text || null,
          refusal: soFar.refusal || null,
          reasoning: soFar.reasoning || null,
          ...(soFar.details.length > 0 && { reasoning_details: soFar.details }),
          ...(tool_calls.length > 0 && { tool_calls }),
        },
      },
    ],
    usage: (await context.usage()) ?? undefined,
  };
}
