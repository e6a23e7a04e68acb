import fc from "fast-check";
import type { OpenRouterModel } from "../../../src/openrouter/model";
import { anyText } from "../arbitraries";

/** A model that writes text, with tools. */
export const model = (id: string, partial: Partial<OpenRouterModel> = {}): OpenRouterModel => ({
  id,
  name: id,
  contextLength: 100_000,
  inputModalities: ["text"],
  supportedParameters: ["tools"],
  ...partial,
});

const tokens = fc.oneof(fc.integer({ min: 2, max: 3_000_000 }), fc.integer({ min: 2, max: 2 ** 53 - 1 }));
const price = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs));
const words = (...known: string[]) =>
  fc.uniqueArray(fc.oneof(fc.constantFrom(...known), anyText({ maxLength: 10 })), { maxLength: 5 });

const idPart = fc.stringMatching(/^[\w.~+-]{1,12}$/);
/** Any id, also of a variant or a preset. */
export const modelId = fc
  .tuple(fc.option(idPart), idPart, fc.constantFrom("", ":free", ":nitro", "@preset/coding", ":a:b"))
  .map(([author, name, end]) => `${author === null ? "" : `${author}/`}${name}${end}`);

/** Any model that `parseModel` can return. */
export const anyModel: fc.Arbitrary<OpenRouterModel> = fc.record(
  {
    id: modelId,
    name: anyText({ maxLength: 150 }),
    contextLength: tokens,
    maxCompletionTokens: tokens,
    inputModalities: words("text", "image"),
    supportedParameters: words("tools", "reasoning"),
    prices: fc.record(
      { prompt: price, completion: price, cacheRead: price, cacheWrite: price },
      { requiredKeys: ["prompt", "completion"], noNullPrototype: true },
    ),
    reasoning: fc.record(
      {
        mandatory: fc.boolean(),
        efforts: words("high", "medium", "low", "none"),
        defaultEffort: fc.oneof(fc.constantFrom("medium", "none"), anyText({ maxLength: 5 })),
      },
      { requiredKeys: ["mandatory"], noNullPrototype: true },
    ),
    expirationDate: fc.constantFrom("2027-02-19", "2020-01-01T00:00:00Z"),
  },
  {
    requiredKeys: ["id", "name", "contextLength", "inputModalities", "supportedParameters"],
    noNullPrototype: true,
  },
);

/** Any list, with ids that are all different. */
export const anyModels = fc.uniqueArray(anyModel, { selector: ({ id }) => id, maxLength: 30 });
