import type { LanguageModelChatRequestMessage } from "vscode";
import type { ChatBody } from "../openrouter/chat";

/** What there is of each kind of text: numbers that add up. */
export type TextFeatures = Float64Array;

/** What was learned, as JSON: for each model a few numbers, the models last learned of at the end. */
export type TokenEstimatorState = Readonly<Record<string, readonly number[]>>;

/** Estimates tokens without a tokenizer, and learns from what OpenRouter counted. */
export class TokenEstimator {
  /** @param state what `toJSON` gave, from wherever it was kept: whatever is wrong in it is left out */
  constructor(_state?: unknown) {}

  /** Whole, and at least 0. Never throws. */
  count(_model: string, _input: string | LanguageModelChatRequestMessage): number {
    return 0;
  }

  /** What a request contains, to be kept until its usage is known; undefined where it has images, which teach nothing. */
  features(_body: ChatBody): TextFeatures | undefined {
    return undefined;
  }

  /** @param promptTokens OpenRouter's count of the prompt, those from its cache included */
  learn(_model: string, _features: TextFeatures | undefined, _promptTokens: number): void {}

  toJSON(): TokenEstimatorState {
    return {};
  }
}
