import type { JsonObject } from "./answer";
import type { AnswerSoFar } from "./answerSoFar";
import { detailPieces, toolCallDeltas } from "./chatPieces";
import type { ChatScript } from "./chatScript";

/** What comes next in a stream. */
export type StreamEvent =
  | { chunk: JsonObject }
  | { raw: string }
  | { hold: Promise<unknown> }
  | "done"
  | StreamEnd;
export type StreamEnd = "reset" | "stall" | "close";

export interface AnswerContext {
  /** The id of the answer: `gen-…`. */
  readonly id: string;
  readonly model: string;
  readonly provider: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly soFar: AnswerSoFar;
  /** The last chunk's `usage`, once all has been said. */
  usage(): Promise<JsonObject | null>;
  /** Told the id of each tool call. */
  calls(id: string): void;
}

/** A script as the chunks of a stream, by `ChatStreamChunk` in OpenRouter's OpenAPI document. */
export async function* chatEvents(script: ChatScript, context: AnswerContext): AsyncGenerator<StreamEvent> {
  const { soFar } = context;
  const { id, provider, model, created } = context;
  const envelope = { id, provider, model, object: "chat.completion.chunk", created };
  const choice = (delta: JsonObject | null, finish_reason: string | null = null) => ({
    index: 0,
    delta,
    finish_reason,
    native_finish_reason: finish_reason,
    logprobs: null,
  });
  const say = (delta: JsonObject) => ({
    chunk: { ...envelope, choices: [choice({ role: "assistant", content: "", ...delta })] },
  });

  yield { raw: ": OPENROUTER PROCESSING\n\n" };
  for (const part of script.parts) {
    if (typeof part === "string" || "text" in part) {
      for (const content of typeof part === "string" ? [part] : part.text) {
        soFar.text += content;
        yield say({ content });
      }
    } else if ("reasoning" in part) {
      for (const reasoning of typeof part.reasoning === "string" ? [part.reasoning] : part.reasoning) {
        soFar.reasoning += reasoning;
        yield say({ reasoning });
      }
    } else if ("reasoningDetails" in part) {
      for (const detail of part.reasoningDetails) {
        soFar.details.push(detail);
        for (const piece of detailPieces(detail)) {
          const reasoning = piece.text ?? piece.summary ?? null;
          if (typeof reasoning === "string") soFar.reasoning += reasoning;
          yield say({ reasoning, reasoning_details: [piece] });
        }
      }
    } else if ("toolCalls" in part) {
      for (const delta of toolCallDeltas(part.toolCalls, context)) yield say(delta);
    } else if ("refusal" in part) {
      soFar.refusal += part.refusal;
      yield say({ refusal: part.refusal });
    } else if ("hold" in part) {
      yield part;
    } else if ("error" in part) {
      const { code, message, error_type, provider_code } = part.error;
      const metadata = error_type === undefined ? {} : { metadata: { error_type, provider_code } };
      soFar.failed = { code, message, ...metadata };
      soFar.finishReason = "error";
      yield { chunk: { ...envelope, error: soFar.failed, choices: [choice({ content: "" }, "error")] } };
      return;
    } else if ("delta" in part) {
      yield { chunk: { ...envelope, choices: [choice(part.delta)] } };
    } else if ("chunk" in part) {
      yield { chunk: { ...envelope, ...part.chunk } };
    } else if ("comment" in part) {
      yield { raw: `: ${part.comment}\n\n` };
    } else if ("raw" in part) {
      yield part;
    } else {
      yield part.end;
      return;
    }
  }
  const { finishReason = soFar.toolCalls.length > 0 ? "tool_calls" : "stop" } = script;
  soFar.finishReason = finishReason;
  if (finishReason !== null) {
    yield { chunk: { ...envelope, choices: [choice({ role: "assistant", content: "" }, finishReason)] } };
  }
  const usage = await context.usage();
  if (usage) yield { chunk: { ...envelope, choices: [], usage } };
  yield "done";
}
