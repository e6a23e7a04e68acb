import { noFeatures, sum, type TextFeatures } from "./textFeatures";

const size = noFeatures().length;

/** Of the rates of a model not learned of yet: how far they are off together, and each by itself. */
const [together, alone] = [0.3, 0.5];
/** How far a prompt is off by chance: a part of it, and the tokens of what OpenRouter or the provider adds to it. */
const [partOff, tokensOff] = [0.05, 200];
/** How much a rate may have changed from one answer to the next, so that rates never stop learning. */
const drift = 4e-4;
/** What no tokenizer exceeds. A count beyond it is of something else than what was sent. */
const [leastRate, mostRate] = [0.5, 3];
const [leastCount, mostCount] = [0.4, 3.5];
/** Tokens below which a prompt teaches nothing: what is added to it would outweigh it. */
const leastTotal = 500;

/**
 * How many tokens a model's tokenizer makes of each kind of text, for one that a usual tokenizer makes: learned by a
 * Kalman filter. The first count moves all rates together; then each finds its own.
 */
export class TokenRates {
  readonly #rates: number[];
  /** Symmetric: how unsure each rate is, and each two together. */
  readonly #covariance: number[][];

  /** @param rate where nothing was learned yet */
  constructor(rate = 1) {
    this.#rates = Array.from({ length: size }, () => rate);
    this.#covariance = this.#rates.map((_, row) =>
      this.#rates.map((_, column) => together ** 2 + (row === column ? alone ** 2 : 0)),
    );
  }

  /** @returns undefined where this is none of `toJSON`'s */
  static fromJSON(json: unknown): TokenRates | undefined {
    if (!Array.isArray(json) || json.length !== size + size * size) return undefined;
    if (!json.every((value) => Number.isFinite(value) && Math.abs(value) <= mostRate)) return undefined;
    const rates = new TokenRates();
    for (let row = 0; row < size; row++) {
      rates.#rates[row] = clamp(json[row]);
      rates.#covariance[row] = json.slice(size + row * size, size + (row + 1) * size);
    }
    return rates;
  }

  /** Numbers with the digits that matter. */
  toJSON(): number[] {
    return [...this.#rates, ...this.#covariance.flat()].map((value) => Number(value.toPrecision(4)));
  }

  tokens(features: TextFeatures): number {
    return product(features, this.#rates);
  }

  /** @returns false where the count can't be that of these features */
  learn(features: TextFeatures, count: number): boolean {
    const total = sum(features);
    if (!(total >= leastTotal && count >= total * leastCount && count <= total * mostCount)) return false;
    const shares = features.map((tokens) => tokens / total);
    const unsure = this.#covariance.map((row) => product(shares, row));
    const variance = Math.max(product(shares, unsure), 0) + partOff ** 2 + (tokensOff / total) ** 2;
    // What is farther off than three times what is to be expected counts as that: it may never happen again.
    const most = 3 * Math.sqrt(variance);
    const off = Math.min(Math.max(count / total - product(shares, this.#rates), -most), most);
    for (let row = 0; row < size; row++) {
      const gain = (unsure[row] ?? 0) / variance;
      this.#rates[row] = clamp((this.#rates[row] ?? 1) + gain * off);
      this.#covariance[row] = unsure.map(
        (each, column) => (this.#covariance[row]?.[column] ?? 0) - gain * each + (row === column ? drift : 0),
      );
    }
    return true;
  }
}

const clamp = (rate: number) => Math.min(Math.max(rate, leastRate), mostRate);

function product(features: TextFeatures, rates: readonly number[]): number {
  let result = 0;
  for (let kind = 0; kind < size; kind++) result += (features[kind] ?? 0) * (rates[kind] ?? 0);
  return result;
}
