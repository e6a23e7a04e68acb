import type { JsonObject } from "./answer";
import type { ReasoningDetail } from "./chatScript";

/** What a model has said so far. */
export class AnswerSoFar {
  text = "";
  reasoning = "";
  refusal = "";
  readonly details: ReasoningDetail[] = [];
  readonly toolCalls: { id: string; name: string }[] = [];
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
