import type { JsonObject } from "./answer";
import type { StreamEvent } from "./chatEvents";

/** What a chunk of `/chat/completions` says, for the APIs that say it in another way. */
export type ChatDelta =
  | { text: string }
  | { reasoning: string }
  | { call: { index: number; id: string; name: string } }
  | { arguments: { index: number; piece: string } }
  | { failed: JsonObject };

/** The deltas of a chunk: none for one that only ends the answer. */
export function chatDeltas(event: Extract<StreamEvent, { chunk: JsonObject }>): ChatDelta[] {
  const { error, choices } = event.chunk as { error?: JsonObject; choices?: { delta: Delta | null }[] };
  if (error) return [{ failed: error }];
  return (choices ?? []).flatMap(({ delta }): ChatDelta[] => [
    ...(delta?.reasoning ? [{ reasoning: delta.reasoning }] : []),
    ...((delta?.content ?? delta?.refusal) ? [{ text: delta?.content || delta?.refusal || "" }] : []),
    ...(delta?.tool_calls ?? []).map(({ index, id, function: { name = "", arguments: piece = "" } }) =>
      id === undefined ? { arguments: { index, piece } } : { call: { index, id, name } },
    ),
  ]);
}

interface Delta {
  content?: string | null;
  refusal?: string | null;
  reasoning?: string | null;
  tool_calls?: { index: number; id?: string; function: { name?: string; arguments?: string } }[];
}

/** An event as these APIs send it, with its name before its data. */
export const namedEvent = (data: JsonObject & { type: string }): StreamEvent => ({
  raw: `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`,
});
