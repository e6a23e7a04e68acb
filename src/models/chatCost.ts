import type { ChatUsage } from "../openrouter/chat";
import type { OpenRouterModel } from "../openrouter/model";
import type { Session } from "../sessions/session";
import type { ChatPart } from "./chatAnswer";
import { addText, noFeatures, type TextFeatures } from "./textFeatures";

/** What a request took: what OpenRouter said, or an estimate. */
export interface ChatSpending extends ChatUsage {
  /** In USD. */
  readonly cost: number;
  /** Whether OpenRouter didn't say what it charged. */
  readonly isEstimate: boolean;
}

/** Keeps what requests cost, from their beginning on. */
export interface ChatSpendings {
  /** @param spending what it has cost so far */
  begin(request: ChatSpender, spending: () => ChatSpending): ChatSpendingEnd;
}

/** The request has ended. @param spending undefined where it cost nothing */
export type ChatSpendingEnd = (spending: ChatSpending | undefined) => void;

/** Who asks which model, and whose key pays. */
export interface ChatSpender {
  /** The extension's id, if VS Code says which one it is. */
  readonly initiator: string | undefined;
  readonly model: string;
  readonly session: Session;
  /** Whether it goes on with a turn, since it has the results of tools that the model called. */
  readonly continuesTurn: boolean;
}

/** How far a request has come. */
export type ChatProgress =
  | "unsent"
  /** There is no response yet, or there never was one. */
  | "sent"
  /** The response is an error. */
  | "refused"
  | "accepted";

/** What one request costs. OpenRouter says so at the end; until then, and where that never comes, it's an estimate. */
export class ChatCost {
  progress: ChatProgress = "unsent";
  readonly #said: TextFeatures = noFeatures();
  #hasSaid = false;
  #usage: ChatUsage | undefined;
  #prices: OpenRouterModel["prices"];

  /**
   * @param model the one that was asked
   * @param promptTokens an estimate
   * @param count estimates the tokens of what the model says
   */
  constructor(
    model: Pick<OpenRouterModel, "prices" | "usualPrices">,
    private readonly promptTokens: number,
    private readonly count: (features: TextFeatures) => number,
  ) {
    this.#prices = model.prices ?? model.usualPrices;
  }

  /** Another model answers. Its prices count where those of the model that was asked aren't known, such as a router's. */
  answeredBy({ prices }: Pick<OpenRouterModel, "prices">): void {
    this.#prices ??= prices;
  }

  add(part: ChatPart): void {
    if (part.kind === "usage") this.#usage = part.usage;
    // The reasoning's details and the tool calls came in pieces before.
    if (part.kind !== "text" && part.kind !== "reasoning" && part.kind !== "piece") return;
    this.#hasSaid = true;
    addText(this.#said, part.text);
  }

  /** What it has cost so far. */
  get spending(): ChatSpending {
    const usage = this.#usage ?? {
      promptTokens: this.promptTokens,
      completionTokens: this.#hasSaid ? this.count(this.#said) : 0,
      cachedTokens: 0,
      reasoningTokens: 0,
    };
    return { ...usage, cost: usage.cost ?? this.#price(usage), isEstimate: usage.cost === undefined };
  }

  /**
   * What it cost, once it has ended; undefined where that is nothing. OpenRouter doesn't charge for an answer that fails
   * before its first token (OpenRouter's guide "Zero Completion Insurance"), but a provider that isn't told in time that
   * a request is canceled goes on.
   * @param isOpen whether it may have gone on without us: it was canceled, nothing came, or the connection broke
   */
  end(isOpen: boolean): ChatSpending | undefined {
    if (this.#usage || this.#hasSaid) return this.spending;
    const mayBeCharged = this.progress === "sent" || this.progress === "accepted";
    return isOpen && mayBeCharged ? this.spending : undefined;
  }

  /** In USD. Nothing while it isn't known which model a router chooses. */
  #price({ promptTokens, cachedTokens, completionTokens }: ChatUsage): number {
    const { prompt = 0, completion = 0, cacheRead = prompt } = this.#prices ?? {};
    const newTokens = Math.max(promptTokens - cachedTokens, 0); // a gateway may count differently
    return newTokens * prompt + cachedTokens * cacheRead + completionTokens * completion;
  }
}
