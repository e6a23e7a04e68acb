import type { ChatEnd, ChatPart } from "./chatAnswer";
import { type ChatChoice, type ChatDelta, parseChunk } from "./chatChunk";
import { ChatError } from "./chatError";
import { streamError } from "./chatProblem";
import { parseChatUsage } from "./chatUsage";
import { ReasoningCollector, readableText } from "./reasoningCollector";
import { ToolCallCollector } from "./toolCallCollector";

/** Makes parts of the events of one stream. */
export class ChatAnswerReader {
  readonly #reasoning = new ReasoningCollector();
  readonly #toolCalls = new ToolCallCollector();
  readonly #end: { -readonly [Field in keyof ChatEnd]?: ChatEnd[Field] } = {};
  #finishReason = "";
  /** Thrown at the end, since what the answer cost follows. */
  #failure: ChatError | undefined;
  #nativeFinishReason: unknown;
  #hasText = false;
  #hasReasoning = false;

  /**
   * @param model the one that was asked
   * @param report gets the reasoning's details and the tool calls at the end, and all else at once
   */
  constructor(
    private readonly model: string,
    private readonly report: (part: ChatPart) => void,
  ) {}

  /** Whether the model has said all, though not yet what it took. */
  get finished(): boolean {
    return this.#finishReason !== "";
  }

  /** The ID of the answer at OpenRouter, once it's known. Of a header, or of the events where a browser hides that. */
  get generationId(): string | undefined {
    return this.#end.generationId;
  }

  set generationId(id: unknown) {
    if (typeof id === "string" && /^[\w-]{1,100}$/.test(id)) this.#end.generationId = id;
  }

  /** Reads the data of one event. Throws `ChatError`. */
  read(data: string): void {
    const { id, model, usage, error, choices } = parseChunk(data);
    if (error) throw streamError(error, this.model);
    this.generationId ??= id;
    if (typeof model === "string" && model !== this.model) this.#answeredBy(model);
    const parsedUsage = usage ? parseChatUsage(usage) : undefined;
    if (parsedUsage) this.report({ kind: "usage", usage: parsedUsage });
    const choice = choices?.[0];
    if (!choice) return;
    if (choice.error) throw streamError(choice.error, this.model);
    if (choice.delta) this.#readDelta(choice.delta);
    if (choice.finish_reason) this.#readFinish(choice);
  }

  /**
   * Reports what was kept until the end, which it returns. Throws `ChatError` where that isn't an answer.
   * @param isDone whether the stream said so
   */
  end(isDone: boolean): ChatEnd {
    if (this.#failure) throw this.#failure;
    const wasCut = this.#finishReason === "length";
    const saidNothing = !this.#hasText && !this.#toolCalls.began;
    if (!this.finished && (!isDone || saidNothing)) {
      throw new ChatError("interrupted", "The stream ended before the answer");
    }
    if (wasCut && saidNothing) throw new ChatError("cutOff", "The answer was cut off before it began");
    if (saidNothing && /error|malformed/i.test(String(this.#nativeFinishReason ?? ""))) {
      throw new ChatError("providerError", "The provider failed without an error");
    }
    const calls = this.#toolCalls.finish(wasCut ? "cutOff" : isDone ? "badToolCall" : "interrupted");
    const { details } = this.#reasoning;
    if (details.length > 0) this.report({ kind: "reasoningDetails", details });
    for (const call of calls) this.report(call);
    const finishReason = wasCut ? "length" : calls.length > 0 ? "tool_calls" : "stop";
    return { ...this.#end, finishReason };
  }

  #answeredBy(model: string): void {
    if (model === this.#end.model) return;
    this.#end.model = model;
    this.report({ kind: "model", model });
  }

  #readDelta({
    content,
    refusal,
    reasoning,
    reasoning_details: details,
    tool_calls: calls,
  }: ChatDelta): void {
    if (reasoning) {
      this.#hasReasoning = true;
      this.report({ kind: "reasoning", text: reasoning });
    }
    if (details) {
      for (const detail of details) {
        this.#reasoning.add(detail);
        // OpenRouter sends the same text twice, for clients that know only one of the two.
        const text = this.#hasReasoning ? "" : readableText(detail);
        if (text) this.report({ kind: "reasoning", text });
        else if (!this.#hasReasoning) this.report({ kind: "piece", text: "" });
      }
    }
    // A refusal is what the model says instead.
    if (content) this.#say(content);
    if (refusal) this.#say(refusal);
    for (const call of calls ?? []) {
      this.#toolCalls.add(call);
      this.report({ kind: "piece", text: (call.function?.name ?? "") + (call.function?.arguments ?? "") });
    }
  }

  #say(text: string): void {
    this.#hasText = true;
    this.report({ kind: "text", text });
  }

  #readFinish({ finish_reason: reason, native_finish_reason: nativeReason }: ChatChoice): void {
    if (reason === "content_filter")
      this.#failure = new ChatError("filtered", "The provider's filter ended the answer");
    if (reason === "error") throw new ChatError("providerError", "The provider failed in mid-stream");
    this.#finishReason = reason ?? "";
    this.#nativeFinishReason = nativeReason;
  }
}
