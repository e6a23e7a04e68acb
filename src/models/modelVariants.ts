import { type OpenRouterModel, unknownContextLength } from "../openrouter/model";
import { modelIdParts } from "./modelId";

/** Variants that any model has, and whether they cost what the model itself does. Others, such as `free`, are listed. */
const variants: ReadonlyMap<string, boolean> = new Map([
  ["thinking", true],
  ["extended", true],
  // By other providers than the usual one:
  ["nitro", false],
  ["floor", false],
  ["exacto", false],
  // Searching costs as well.
  ["online", false],
]);

/**
 * The model with this id, which the list may only imply: a variant of a model or a model with a preset is that model
 * in most respects. Of a preset alone nothing is known: it may choose among models with tools. Undefined for an id
 * that OpenRouter wouldn't know.
 * @param listed the list's models by their ids
 */
export function findModel(
  id: string,
  listed: ReadonlyMap<string, OpenRouterModel>,
): OpenRouterModel | undefined {
  const model = listed.get(id);
  if (model) return model;
  const { variant = "", preset, base } = modelIdParts(id);
  if (preset && !base) return presetModel(id);
  const original = base === undefined ? undefined : findModel(base, listed);
  if (!original) return undefined;
  const hasSamePrice = preset ? true : variants.get(variant);
  if (hasSamePrice === undefined) return undefined;
  const { prices, ...others } = original;
  return {
    ...others,
    id,
    name: `${original.name} (${preset ?? variant})`,
    ...(prices && (hasSamePrice ? { prices } : { usualPrices: prices })),
  };
}

const presetModel = (id: string): OpenRouterModel => ({
  id,
  name: id,
  contextLength: unknownContextLength,
  inputModalities: ["text"],
  supportedParameters: ["tools"],
});
