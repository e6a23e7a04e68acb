import type { JsonObject } from "./answer";
import { textOf } from "./chatMessage";
import type { ChatRequestBody } from "./chatRequest";

/** What a model says to one request, in order. */
export interface ChatScript {
  parts: readonly ScriptPart[];
  /** Default `tool_calls` if there are some, else `stop`. `null` never says it. */
  finishReason?: FinishReason | null;
  /** Replaces fields of the usage, which is counted by default. `null` sends none. */
  usage?: JsonObject | null;
  /** USD. By default the price of the tokens. */
  cost?: number;
  /** The model that answers, if it isn't the one that was asked for. */
  model?: string;
  provider?: string;
}

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "error";

export type ScriptPart =
  /** Text, in one chunk. */
  | string
  /** Text, in one chunk each. */
  | { text: readonly string[] }
  /** Reasoning for the user to read (`delta.reasoning`), in one chunk each, without details. */
  | { reasoning: string | readonly string[] }
  /**
   * Reasoning as it must come back: whole, as a client has it once it has put it together. A text or summary is sent
   * in pieces (with `delta.reasoning` beside), its signature in a last piece without text, data in one.
   */
  | { reasoningDetails: readonly ReasoningDetail[] }
  /** Tool calls that are made at the same time: their arguments' pieces are interleaved. */
  | { toolCalls: readonly ScriptedToolCall[] }
  | { refusal: string }
  /** Waits until the test goes on. */
  | { hold: Promise<unknown> }
  /** Ends the answer in the middle: see `streamErrors`. */
  | { error: StreamError }
  /** A chunk with this delta, right or not. */
  | { delta: JsonObject | null }
  /** A chunk, right or not, but with an id and so on. */
  | { chunk: JsonObject }
  /** A comment. */
  | { comment: string }
  /** These characters in the stream, as they are. */
  | { raw: string }
  /** Ends the answer here. `"stall"` sends nothing more, until the client leaves. */
  | { end: "reset" | "stall" | "close" };

export interface ReasoningDetail extends JsonObject {
  type: string;
  index?: number;
}

export interface ScriptedToolCall {
  /** Default: one that was never used before, of the kind that the model's provider makes. */
  id?: string;
  name: string;
  /** A text is sent as it is. */
  arguments?: JsonObject | string;
  /** How many pieces the arguments are sent in. Default 3. */
  pieces?: number;
}

/** `error` of a chunk. */
export interface StreamError {
  code: number | string;
  message: string;
  /** `metadata.error_type` */
  error_type?: string;
  /** `metadata.provider_code` */
  provider_code?: string;
}

export type Script = ChatScript | ((request: ChatRequestBody) => ChatScript);

/**
 * Repeats what was asked, in a few pieces. `call read_file {"path": "…"}` makes it call that tool instead, if there is
 * such a tool, and repeat the result. VS Code's chat puts what was asked into much else.
 */
export function echo({ messages, tools = [] }: ChatRequestBody): ChatScript {
  const last = messages.at(-1);
  if (last?.role === "tool") return say(`The tool says:\n\n${textOf(last)}`);
  const question = messages.findLast(({ role }) => role === "user");
  const text = question ? textOf(question) : "";
  const asked = /<userRequest>\s*([\s\S]*?)\s*<\/userRequest>/.exec(text)?.[1] ?? text;
  const [, name = "", input = "{}"] = /^call (\S+)\s*(\{.*\})?$/s.exec(asked) ?? [];
  const exists = tools.some((tool) => "function" in tool && isNamed(tool.function, name));
  return exists ? { parts: [{ toolCalls: [{ name, arguments: input }] }] } : say(asked);
}

const say = (text: string): ChatScript => ({ parts: [{ text: piecesOf(text || "Hello!", 4) }] });
const isNamed = (tool: unknown, name: string) => (tool as { name?: unknown }).name === name;

/** Cuts a text into at most that many pieces, between characters. */
export function piecesOf(text: string, count: number): string[] {
  const characters = Array.from(text);
  const size = Math.max(1, Math.ceil(characters.length / count));
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(""),
  );
}

/** Which script answers the next request. */
export class Scripts {
  #scripts: Script[] = [];

  /** One request each, and the last one all others. None echoes. */
  set(scripts: readonly Script[]): void {
    this.#scripts = [...scripts];
  }

  next(request: ChatRequestBody): ChatScript {
    const script = (this.#scripts.length > 1 ? this.#scripts.shift() : this.#scripts[0]) ?? echo;
    return typeof script === "function" ? script(request) : script;
  }
}
