import type { JsonObject } from "./answer";
import { chatDeltas, namedEvent } from "./chatDelta";
import type { AnswerContext, StreamEvent } from "./chatEvents";
import { emptyResponse, outputItems, outputText, responseResult } from "./responseResult";

/** The events of an answer as OpenAI's Responses API streams them. The calls of tools come after the text. */
export async function* responseEvents(
  events: AsyncIterable<StreamEvent>,
  context: AnswerContext,
): AsyncGenerator<StreamEvent> {
  let sequence_number = 0;
  const event = (type: string, data: JsonObject) =>
    namedEvent({ type, sequence_number: sequence_number++, ...data });
  const text = { item_id: `msg_${context.id}`, output_index: 0, content_index: 0 };
  let textBegan = false;

  for (const type of ["response.created", "response.in_progress"]) {
    yield event(type, { response: emptyResponse(context, "in_progress") });
  }
  for await (const next of events) {
    if (next === "done") {
      if (textBegan) {
        yield event("response.output_text.done", { ...text, text: context.soFar.text, logprobs: [] });
        yield event("response.content_part.done", { ...text, part: outputText(context.soFar.text) });
      }
      for (const [output_index, item] of outputItems(context, "completed").entries()) {
        if (item.type === "function_call") yield* calls(output_index, item);
        yield event("response.output_item.done", { output_index, item });
      }
      const response = await responseResult(context);
      yield event(`response.${response.status}`, { response });
    } else if (typeof next === "object" && "chunk" in next) {
      for (const delta of chatDeltas(next)) {
        if ("failed" in delta) {
          yield event("response.failed", { response: await responseResult(context) });
        } else if ("text" in delta) {
          if (!textBegan) yield* beginText();
          textBegan = true;
          yield event("response.output_text.delta", { ...text, delta: delta.text, logprobs: [] });
        }
      }
    } else {
      yield next;
    }
  }

  function* beginText() {
    const item = { type: "message", id: text.item_id, status: "in_progress", role: "assistant", content: [] };
    yield event("response.output_item.added", { output_index: 0, item });
    yield event("response.content_part.added", { ...text, part: outputText("") });
  }

  function* calls(output_index: number, item: JsonObject) {
    const started = { ...item, arguments: "", status: "in_progress" };
    const where = { item_id: item.id, output_index };
    yield event("response.output_item.added", { output_index, item: started });
    yield event("response.function_call_arguments.delta", { ...where, delta: item.arguments });
    yield event("response.function_call_arguments.done", {
      ...where,
      name: item.name,
      arguments: item.arguments,
    });
  }
}
