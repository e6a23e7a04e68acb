import type { JsonObject } from "./answer";
import { type ChatDelta, chatDeltas, namedEvent } from "./chatDelta";
import type { AnswerContext, StreamEvent } from "./chatEvents";
import { emptyMessage, messageUsage, stopReason } from "./messageResult";

/** The events of an answer as Anthropic's streams have them: one block after the other. */
export async function* messageEvents(
  events: AsyncIterable<StreamEvent>,
  context: AnswerContext,
): AsyncGenerator<StreamEvent> {
  const blocks = new Blocks();
  yield namedEvent({ type: "message_start", message: emptyMessage(context) });
  yield namedEvent({ type: "ping" });
  for await (const event of events) {
    if (event === "done") {
      yield* blocks.close();
      const delta = { stop_reason: stopReason(context.soFar.finishReason), stop_sequence: null };
      const usage = messageUsage(await context.usage());
      yield namedEvent({ type: "message_delta", delta, usage });
      yield namedEvent({ type: "message_stop" });
    } else if (typeof event === "object" && "chunk" in event) {
      for (const delta of chatDeltas(event)) yield* blocks.add(delta);
    } else {
      yield event;
    }
  }
}

/** The blocks of a message. One is open at a time, so the arguments of later calls wait for their turn. */
class Blocks {
  #count = 0;
  #open: string | undefined;
  readonly #calls: { id: string; name: string; pieces: string[] }[] = [];

  *add(delta: ChatDelta): Generator<StreamEvent> {
    if ("text" in delta) {
      yield* this.#start("text", { type: "text", text: "" });
      yield this.#delta({ type: "text_delta", text: delta.text });
    } else if ("reasoning" in delta) {
      yield* this.#start("thinking", { type: "thinking", thinking: "", signature: "" });
      yield this.#delta({ type: "thinking_delta", thinking: delta.reasoning });
    } else if ("call" in delta) {
      this.#calls[delta.call.index] = { ...delta.call, pieces: [] };
    } else if ("arguments" in delta) {
      this.#calls[delta.arguments.index]?.pieces.push(delta.arguments.piece);
    } else {
      const { message } = delta.failed;
      yield namedEvent({ type: "error", error: { type: "api_error", message } });
    }
  }

  *close(): Generator<StreamEvent> {
    for (const { id, name, pieces } of this.#calls) {
      yield* this.#start(id, { type: "tool_use", id, name, input: {} });
      for (const partial_json of pieces) yield this.#delta({ type: "input_json_delta", partial_json });
    }
    yield* this.#stop();
  }

  *#start(kind: string, content_block: JsonObject): Generator<StreamEvent> {
    if (this.#open === kind) return;
    yield* this.#stop();
    this.#open = kind;
    yield namedEvent({ type: "content_block_start", index: this.#count, content_block });
  }

  *#stop(): Generator<StreamEvent> {
    if (this.#open !== undefined) yield namedEvent({ type: "content_block_stop", index: this.#count++ });
    this.#open = undefined;
  }

  #delta(delta: JsonObject): StreamEvent {
    return namedEvent({ type: "content_block_delta", index: this.#count, delta });
  }
}
