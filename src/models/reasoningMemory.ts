import type { ReasoningDetail } from "../openrouter/chat";
import type { ToolCallPart } from "./messagePart";
import { toolArguments } from "./toolArguments";

/** Tool calls to remember, and characters that they may take together: far more than a long run of an agent has. */
const limits = { calls: 1_000, characters: 4_000_000 };

type RememberedCall = Pick<ToolCallPart, "id" | "name" | "input">;

/** The answer that a tool call came with. */
interface Answer {
  readonly keys: readonly string[];
  readonly details: readonly ReasoningDetail[];
  readonly characters: number;
}

/**
 * The reasoning that came with tool calls, for hosts that don't send it back: without it, some models refuse the
 * results. The oldest answer goes first.
 */
export class ReasoningMemory {
  /** By the key of a call. Of several calls of an answer, all lead to it. */
  readonly #answers = new Map<string, Answer>();
  #characters = 0;

  constructor(private readonly max: Readonly<typeof limits> = limits) {}

  /** @param model the ID that the request named */
  remember(model: string, calls: readonly RememberedCall[], details: readonly ReasoningDetail[]): void {
    if (calls.length === 0 || details.length === 0) return;
    const keys = calls.map((call) => keyOf(model, call));
    for (const key of keys) this.#forget(key);
    const characters = JSON.stringify(details).length + keys.join("").length;
    const answer = { keys, details, characters };
    for (const key of keys) this.#answers.set(key, answer);
    this.#characters += characters;
    while (this.#characters > this.max.characters || this.#answers.size > this.max.calls) {
      const [oldest] = this.#answers.keys();
      if (oldest === undefined) break;
      this.#forget(oldest);
    }
  }

  /** The very array that was remembered; undefined where there is none, or where another model was asked. */
  recall(model: string, calls: readonly RememberedCall[]): readonly ReasoningDetail[] | undefined {
    for (const call of calls) {
      const answer = this.#answers.get(keyOf(model, call));
      if (answer) return answer.details;
    }
    return undefined;
  }

  #forget(key: string): void {
    const answer = this.#answers.get(key);
    if (!answer) return;
    for (const each of answer.keys) this.#answers.delete(each);
    this.#characters -= answer.characters;
  }
}

/** Some providers number the calls of each conversation from 0, so the ID alone isn't enough. */
const keyOf = (model: string, { id, name, input }: RememberedCall) =>
  JSON.stringify([model, id, name, toolArguments(input)]);
