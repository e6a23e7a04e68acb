import { isObject } from "../common/isObject";
import { parseJson } from "../common/parseJson";
import type { ReasoningDetail } from "../openrouter/chat";
import { ChatError } from "./chatError";

type Optional<T> = T | null | undefined;

/** One event of the stream: the part in use of `ChatStreamChunk` in OpenRouter's OpenAPI document. */
export interface ChatChunk {
  readonly id?: unknown;
  readonly model?: unknown;
  readonly usage?: unknown;
  /** The stream failed. */
  readonly error?: unknown;
  readonly choices?: Optional<readonly ChatChoice[]>;
}

export interface ChatChoice {
  readonly delta?: Optional<ChatDelta>;
  readonly finish_reason?: Optional<string>;
  /** As the provider calls it. Not in the document, but in OpenRouter's guide "Errors and Debugging". */
  readonly native_finish_reason?: unknown;
  readonly error?: unknown;
}

export interface ChatDelta {
  readonly content?: Optional<string>;
  readonly refusal?: Optional<string>;
  readonly reasoning?: Optional<string>;
  readonly reasoning_details?: Optional<readonly ReasoningDetail[]>;
  readonly tool_calls?: Optional<readonly ToolCallDelta[]>;
}

export interface ToolCallDelta {
  readonly index?: Optional<number>;
  readonly id?: Optional<string>;
  readonly function?: Optional<{
    readonly name?: Optional<string>;
    readonly arguments?: Optional<string>;
  }>;
}

/** Parses the data of an event. By hand, since a schema would cost more than the chunk. Throws `ChatError`. */
export function parseChunk(data: string): ChatChunk {
  const chunk = parseJson(data);
  if (isChunk(chunk)) return chunk;
  throw new ChatError("badStream", "A chunk has not the form that was expected");
}

function isChunk(value: unknown): value is ChatChunk {
  if (!isObject(value)) return false;
  const { choices } = value;
  return isList(choices, isChoice);
}

function isChoice(value: unknown): value is ChatChoice {
  if (!isObject(value)) return false;
  const { delta, finish_reason: finishReason } = value;
  return isText(finishReason) && (isMissing(delta) || isDelta(delta));
}

function isDelta(value: unknown): value is ChatDelta {
  if (!isObject(value)) return false;
  const { content, refusal, reasoning, reasoning_details: details, tool_calls: calls } = value;
  return (
    isText(content) &&
    isText(refusal) &&
    isText(reasoning) &&
    isList(details, isReasoningDetail) &&
    isList(calls, isToolCallDelta)
  );
}

function isReasoningDetail(value: unknown): value is ReasoningDetail {
  if (!isObject(value)) return false;
  const { type, index } = value;
  return typeof type === "string" && isNumber(index);
}

function isToolCallDelta(value: unknown): value is ToolCallDelta {
  if (!isObject(value)) return false;
  const { index, id, function: called } = value;
  if (!isNumber(index) || !isText(id)) return false;
  if (!isObject(called)) return isMissing(called);
  const { name, arguments: input } = called;
  return isText(name) && isText(input);
}

const isMissing = (value: unknown) => value === undefined || value === null;
const isText = (value: unknown) => typeof value === "string" || isMissing(value);
const isNumber = (value: unknown) => typeof value === "number" || isMissing(value);
const isList = (value: unknown, isItem: (item: unknown) => boolean) =>
  isMissing(value) || (Array.isArray(value) && value.every(isItem));
