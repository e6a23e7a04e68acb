import type { LanguageModelChatRequestMessage } from "vscode";
import { isObject } from "../common/isObject";
import { messageFeatures } from "./requestFeatures";
import { sum, type TextFeatures, textFeatures } from "./textFeatures";
import { TokenRates } from "./tokenRates";

/** What was learned, as JSON: some 300 bytes for each model, the one last learned of at the end. */
export type TokenEstimatorState = Readonly<Record<string, readonly number[]>>;

/** Models to remember. */
const maxModels = 30;

/**
 * Estimates tokens without a tokenizer, from what a text consists of, and learns from what OpenRouter counted: each
 * model has a tokenizer of its own, and few of them are public.
 */
export class TokenEstimator {
  readonly #models = new Map<string, TokenRates>();

  /** @param state what `toJSON` gave, from wherever it was kept: what is wrong in it is left out */
  constructor(state?: unknown) {
    for (const [model, json] of Object.entries(isObject(state) ? state : {}).slice(-maxModels)) {
      const rates = TokenRates.fromJSON(json);
      if (rates) this.#models.set(model, rates);
    }
  }

  /** At least 0, and whole. */
  count(model: string, input: string | LanguageModelChatRequestMessage): number {
    return this.tokens(model, typeof input === "string" ? textFeatures(input) : messageFeatures(input));
  }

  /** The same of what a text consists of. */
  tokens(model: string, features: TextFeatures): number {
    const rates = this.#models.get(tokenizerOf(model));
    return Math.ceil(rates?.tokens(features) ?? sum(features) * newRate(model));
  }

  /**
   * @param features `requestFeatures` of what was sent
   * @param promptTokens OpenRouter's count of the prompt, those from its cache included
   * @returns whether it learned, so that there is something to keep
   */
  learn(model: string, features: TextFeatures | undefined, promptTokens: number): boolean {
    if (!features) return false;
    const name = tokenizerOf(model);
    const rates = this.#models.get(name) ?? new TokenRates(newRate(model));
    if (!rates.learn(features, promptTokens)) return false;
    this.#models.delete(name);
    this.#models.set(name, rates);
    for (const oldest of [...this.#models.keys()].slice(0, -maxModels)) this.#models.delete(oldest);
    return true;
  }

  toJSON(): TokenEstimatorState {
    return Object.fromEntries([...this.#models].map(([model, rates]) => [model, rates.toJSON()]));
  }
}

/** Variants such as `:free` are the same model. */
const tokenizerOf = (model: string) => model.replace(/:[^:/]*$/, "");

/** Claude makes more tokens of a text than others do. */
const newRate = (model: string) => (/^~?anthropic\//.test(model) ? 1.2 : 1);
