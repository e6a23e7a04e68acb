import { deepEqual, equal, match } from "node:assert/strict";
import { effortWords, modelWords } from "../../../src/vscode/models/modelText";
import { model } from "../../unit/models/anyModel";

const now = Date.UTC(2026, 10, 26);
const day = 24 * 60 * 60_000;
const priced = (prompt: number, completion: number, cacheRead?: number) =>
  modelWords(
    model("a/b", { prices: { prompt, completion, ...(cacheRead !== undefined && { cacheRead }) } }),
    now,
  );
/** Markdown without the escapes. */
const plain = (markdown: string) => markdown.replaceAll("\\", "");

describe("The words about a model", () => {
  for (const [prompt, completion, price] of [
    [0.000003, 0.000015, "$3 in, $15 out"],
    [0.00000025, 0.00000125, "$0.25 in, $1.25 out"],
    [0.0000003, 0.0000011, "$0.30 in, $1.10 out"],
    [0.000000028, 0.000000054, "$0.028 in, $0.054 out"],
    [0, 0.000001, "$0 in, $1 out"],
    [0.000123, 0.000123, "$123 in, $123 out"],
    [0, 0, "Free"],
  ] as const) {
    it(`have the price of a million tokens: ${price}`, () => {
      equal(priced(prompt, completion).detail, `${price} · 100K`);
    });
  }

  it("have the price and the context beside the name", () => {
    const words = (contextLength: number) =>
      modelWords(model("a/b", { contextLength, prices: { prompt: 1e-6, completion: 1e-6 } }), now).detail;
    equal(words(200_000), "$1 in, $1 out · 200K");
    equal(words(1_048_576), "$1 in, $1 out · 1.05M");
    equal(words(163_840), "$1 in, $1 out · 164K");
    equal(words(2_500_000), "$1 in, $1 out · 2.5M");
  });

  it("have the price in full, with its unit", () => {
    equal(priced(1e-6, 2e-6).price, "$1 in, $2 out per million tokens");
    equal(priced(1e-6, 2e-6, 0).price, "$1 in, $2 out per million tokens, $0 for cached input");
    equal(priced(0, 0, 0).price, "Free");
  });

  it("say that a router's price varies", () => {
    const { price, tooltip } = modelWords(model("openrouter/auto"), now);
    equal(price, "Price varies");
    match(tooltip, /^Price varies\n\n/);
  });

  it("have all that is known in the tooltip, a paragraph each", () => {
    const { tooltip } = modelWords(
      model("a/b", {
        contextLength: 200_000,
        maxCompletionTokens: 64_000,
        prices: { prompt: 0.000003, completion: 0.000015, cacheRead: 0.0000003 },
        expirationDate: "2027-02-19",
      }),
      now,
    );
    deepEqual(plain(tooltip).split("\n\n"), [
      "$3 in, $15 out per million tokens, $0.30 for cached input",
      "Context: 200K tokens, up to 64K of them output",
      "OpenRouter may retire this model after Feb 19, 2027.",
    ]);
  });

  it("warn of a model that ends soon, or has ended, and of no other", () => {
    const warning = (days: number) =>
      modelWords(model("a/b", { expirationDate: new Date(now + days * day).toISOString() }), now).warning;
    equal(warning(90), undefined);
    equal(warning(59), "OpenRouter may retire this model after Jan 24, 2027.");
    equal(warning(-5), "OpenRouter may retire this model after Nov 21, 2026.");
    equal(modelWords(model("a/b", { expirationDate: "someday" }), now).warning, undefined);
    equal(modelWords(model("a/b"), now).warning, undefined);
  });

  it("name the efforts, and those that OpenRouter adds by their own names, as plain text", () => {
    const { label } = effortWords();
    deepEqual(["none", "xhigh", "default", "extreme", "toString", "$(gear)"].map(label), [
      ...["Off", "Very high", "Default", "extreme", "toString", "$\u2060(gear)"],
    ]);
  });
});
