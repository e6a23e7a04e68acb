import { isObject } from "../common/isObject";
import { parseJson } from "../common/parseJson";
import type { ChatPart } from "./chatAnswer";
import type { ToolCallDelta } from "./chatChunk";
import { ChatError } from "./chatError";

type ToolCall = Extract<ChatPart, { kind: "toolCall" }>;

interface UnfinishedCall {
  readonly index: number;
  id: string;
  name: string;
  arguments: string;
}

/** Puts the tool calls of an answer together, whose pieces come by index, and may be mixed. */
export class ToolCallCollector {
  readonly #calls: UnfinishedCall[] = [];

  add({ index, id, function: called }: ToolCallDelta): void {
    const call = this.#unfinished(index ?? undefined, id ?? "", called?.name ?? "");
    call.id ||= id ?? "";
    call.name ||= called?.name ?? ""; // some providers repeat it in every piece
    call.arguments += called?.arguments ?? "";
  }

  /** Whether the model began to call a tool. */
  get began(): boolean {
    return this.#calls.length > 0;
  }

  /**
   * The calls, by index. Throws `ChatError` where one isn't whole: then none is, since the model meant them together.
   * @param failure why
   */
  finish(failure: "badToolCall" | "cutOff" | "interrupted"): ToolCall[] {
    const ids = new Set<string>();
    const calls = this.#calls.toSorted((a, b) => a.index - b.index);
    return calls.map((call): ToolCall => {
      // A tool without parameters is often called without arguments. Cut off before its arguments, it looks alike.
      const isEmpty = failure !== "cutOff" && call.arguments.trim() === "";
      const input = isEmpty ? {} : parseJson(call.arguments);
      if (!call.name || !isObject(input)) {
        throw new ChatError(failure, "A tool call isn't whole", call.name ? { tool: call.name } : {});
      }
      // Results are assigned by ID, which some providers don't send, or send twice.
      const id = call.id && !ids.has(call.id) ? call.id : `call_${crypto.randomUUID()}`;
      ids.add(id);
      return { kind: "toolCall", id, name: call.name, input };
    });
  }

  /** The call to which a piece belongs. Some providers have the same index for all calls, or none. */
  #unfinished(index: number | undefined, id: string, name: string): UnfinishedCall {
    const last = this.#calls.findLast((call) => index === undefined || call.index === index);
    const begins = name !== "" && id !== "" && last?.id !== "" && last?.id !== id;
    if (last && !begins) return last;
    const call = { index: index ?? last?.index ?? 0, id: "", name: "", arguments: "" };
    this.#calls.push(call);
    return call;
  }
}
