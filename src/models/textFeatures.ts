/**
 * What a text consists of, as tokens that a usual tokenizer makes of it: one number for each kind of text that
 * tokenizers differ in. They add up.
 */
export type TextFeatures = Float64Array;

/** The kinds of text, as indexes of `TextFeatures`. */
export const kinds = {
  /** ASCII words: a new one begins at a capital within a word, as in names of code. */
  words: 0,
  /** Letters beyond the fifth of a word, and letters with accents: what European languages other than English have. */
  longWords: 1,
  /** Digits, punctuation, and white space beyond the single one between words: what code has. */
  marks: 2,
  /** Chinese and Japanese. */
  ideographs: 3,
  /** All other alphabets, Korean, emojis. */
  others: 4,
  /** Not of a text: what a provider writes around messages and tools, and the tools themselves. */
  frames: 5,
} as const;

const kindCount = Object.keys(kinds).length;

export const noFeatures = (): TextFeatures => new Float64Array(kindCount);

/** Tokens for each: fitted to `o200k_base` and `cl100k_base` over prose, code, and JSON, in six languages. */
const weights = {
  word: 0.86,
  longLetter: 0.22,
  accent: 1.7,
  digits: 2,
  marks: 0.89,
  whiteSpace: 0.7,
  ideograph: 0.9,
  kana: 0.8,
  wideMark: 0.7,
  letter: 1.45,
  other: 1,
};

/** Letters of a word that are free: so many make one token. */
const shortWord = 5;

// The classes of characters. The first three are those that a word consists of.
const [lower, upper, accented, digit, space, breaks, mark, wide] = [1, 2, 3, 4, 5, 6, 7, 8];

const asciiClasses = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return lower;
  if (/[A-Z]/.test(character)) return upper;
  if (/\d/.test(character)) return digit;
  return code === 32 ? space : code < 32 ? breaks : mark;
});

/** Adds what is in a text: one pass, since VS Code asks thousands of times for a request. */
export function addText(features: TextFeatures, text: string): void {
  let [words, longLetters, accents, digits, marks, whiteSpace] = [0, 0, 0, 0, 0, 0];
  let [ideographs, others] = [0, 0];
  let previous = 0;
  /** Characters so far of the word or the number; of white space, whether it was counted. */
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const current = code < 128 ? (asciiClasses[code] ?? mark) : code < 0x250 ? accented : wide;
    if (current <= accented) {
      const begins = previous > accented || previous === 0 || (current === upper && previous !== upper);
      run = begins ? 1 : run + 1;
      if (begins) words++;
      if (run > shortWord) longLetters++;
      if (current === accented) accents++;
    } else if (current === digit) {
      run = previous === digit ? run + 1 : 1;
      if (run % 3 === 1) digits++;
    } else if (current === mark) {
      if (previous !== mark) marks++;
    } else if (current === wide) {
      if (isIdeograph(code)) ideographs += weights.ideograph;
      else if (isKana(code)) ideographs += weights.kana;
      else if (isWideMark(code)) ideographs += weights.wideMark;
      else others += code < 0x2000 ? weights.letter : weights.other;
    } else {
      const follows = previous === space || previous === breaks;
      if (!follows) run = 0;
      // A space alone belongs to the word after it, and more make one token.
      if (run === 0 && (follows || current === breaks)) {
        whiteSpace++;
        run = 1;
      }
    }
    previous = current;
  }
  add(features, kinds.words, words * weights.word);
  add(features, kinds.longWords, longLetters * weights.longLetter + accents * weights.accent);
  add(
    features,
    kinds.marks,
    digits * weights.digits + marks * weights.marks + whiteSpace * weights.whiteSpace,
  );
  add(features, kinds.ideographs, ideographs);
  add(features, kinds.others, others);
}

export function textFeatures(text: string): TextFeatures {
  const features = noFeatures();
  addText(features, text);
  return features;
}

/** The tokens of all kinds. */
export function sum(features: TextFeatures): number {
  let total = 0;
  for (let kind = 0; kind < kindCount; kind++) total += features[kind] ?? 0;
  return total;
}

/** Adds tokens of a kind. */
export function add(features: TextFeatures, kind: number, tokens: number): void {
  features[kind] = (features[kind] ?? 0) + tokens;
}

const isKana = (code: number) => code >= 0x3040 && code < 0x3100;
const isIdeograph = (code: number) => code >= 0x3400 && code < 0xa000;
/** The punctuation of Chinese and Japanese, and that of typographers. */
const isWideMark = (code: number) =>
  (code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code < 0x3040) || (code >= 0xff00 && code < 0xfff0);
