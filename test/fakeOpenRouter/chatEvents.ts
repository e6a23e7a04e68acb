import { randomBytes } from "node:crypto";
import type { JsonObject } from "./answer";
import { type ChatScript, piecesOf, type ReasoningDetail, type ScriptedToolCall } from "./chatScript";

/** What comes next in a stream. */
export type StreamEvent =
  | { chunk: JsonObject }
  | { raw: string }
  | { hold: Promise<unknown> }
  | "done"
  | StreamEnd;
export type StreamEnd = "reset" | "stall" | "close";

/** What a model has said so far. */
export class AnswerSoFar {
  text = "";
  reasoning = "";
  refusal = "";
  readonly details: ReasoningDetail[] = [];
  readonly toolCalls: Required<Pick<ScriptedToolCall, "id" | "name">>[] = [];
  /** The arguments of the tool calls, by index. */
  readonly toolArguments: string[] = [];
  finishReason: string | null = null;
  failed: JsonObject | undefined;

  /** All that the model is paid for. */
  get paidText(): string {
    return [this.reasoning, this.text, ...this.toolCalls.map(({ name }) => name), ...this.toolArguments].join(
      "",
    );
  }
}

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

/** A detail as Claude's come: its text in pieces, and then its signature. What it is stands in each piece. */
function detailPieces(detail: ReasoningDetail): JsonObject[] {
  const { text, summary, signature, ...rest } = detail;
  const pieces =
    typeof text === "string"
      ? piecesOf(text, 3).map((piece) => ({ ...rest, text: piece }))
      : typeof summary === "string"
        ? piecesOf(summary, 3).map((piece) => ({ ...rest, summary: piece }))
        : [];
  if (pieces.length === 0) return [detail];
  return signature === undefined ? pieces : [...pieces, { ...rest, signature }];
}

function* toolCallDeltas(
  calls: readonly ScriptedToolCall[],
  { soFar, model, calls: tell }: AnswerContext,
): Generator<JsonObject> {
  const first = soFar.toolCalls.length;
  const pieces = calls.map(({ arguments: input = {}, pieces = 3 }) =>
    piecesOf(typeof input === "string" ? input : JSON.stringify(input), pieces),
  );
  for (const [offset, { id = toolCallId(model), name }] of calls.entries()) {
    const index = first + offset;
    soFar.toolCalls.push({ id, name });
    tell(id);
    soFar.toolArguments[index] = "";
    yield { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] };
  }
  for (let round = 0; pieces.some(({ length }) => length > round); round++) {
    for (const [offset, { [round]: piece }] of pieces.entries()) {
      if (piece === undefined) continue;
      const index = first + offset;
      soFar.toolArguments[index] += piece;
      yield { tool_calls: [{ index, function: { arguments: piece } }] };
    }
  }
}

/** A new id, as the model's provider makes them. */
function toolCallId(model: string): string {
  const prefix = model.startsWith("anthropic/") ? "toolu_01" : "call_";
  return prefix + randomBytes(12).toString("hex");
}
