import { randomBytes } from "node:crypto";
import type { JsonObject } from "./answer";
import type { AnswerSoFar } from "./answerSoFar";
import { piecesOf, type ReasoningDetail, type ScriptedToolCall } from "./chatScript";

/** A detail as Claude's come: its text in pieces, and then its signature. What it is stands in each piece. */
export function detailPieces(detail: ReasoningDetail): JsonObject[] {
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

/** Tool calls as deltas. The arguments of calls that are made at the same time are interleaved. */
export function* toolCallDeltas(
  calls: readonly ScriptedToolCall[],
  { soFar, model, calls: tell }: { soFar: AnswerSoFar; model: string; calls(id: string): void },
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
