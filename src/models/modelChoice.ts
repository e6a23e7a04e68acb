import type { ModelList, OpenRouterModel } from "../openrouter/model";
import { findModel } from "./modelVariants";

/** How many models the picker shows unless the user chose some. */
const usualCount = 20;

/** OpenRouter's router, which chooses a model for each prompt. */
const router = "openrouter/auto";

export const hasTools = ({ supportedParameters }: OpenRouterModel) => supportedParameters.includes("tools");

/** What the list offers to VS Code. */
export interface ModelChoice {
  /** The list's models, and those that the user's choice adds to them. */
  readonly models: readonly OpenRouterModel[];
  /** The ids that the picker shows. */
  readonly shown: ReadonlySet<string>;
  /** The ids of the user's choice that OpenRouter doesn't have, or not for this key. */
  readonly unknown: readonly string[];
}

/** @param chosen the ids that the user chose; none means our choice */
export function chooseModels(list: ModelList, chosen: readonly string[]): ModelChoice {
  if (chosen.length === 0) return { models: list.models, shown: new Set(usualChoice(list)), unknown: [] };
  const listed = new Map(list.models.map((model) => [model.id, model]));
  const found = chosen.map((id) => ({ id, model: findModel(id, listed) }));
  const models = found.flatMap(({ model }) => model ?? []);
  return {
    models: [...list.models, ...models.filter(({ id }) => !listed.has(id))],
    shown: new Set(models.map(({ id }) => id)),
    unknown: found.filter(({ model }) => !model).map(({ id }) => id),
  };
}

/** The id of the model that a new chat begins with: the first of the choice, the user's or ours, that there is. */
export function firstModel(list: ModelList, chosen: readonly string[]): string | undefined {
  const [first] = chooseModels(list, chosen).shown;
  return first;
}

/**
 * The ids that the picker shows unless the user chose some: the router, then the most popular models with tools. Where
 * the order isn't known, or the account may use few of the popular models, the newest follow.
 */
export function usualChoice({ models, popular }: ModelList): string[] {
  const able = new Set(models.filter(hasTools).map(({ id }) => id));
  const first = models.some(({ id }) => id === router) ? [router] : [];
  const ids = new Set([...first, ...popular.filter((id) => able.has(id)), ...able]);
  return [...ids].slice(0, usualCount);
}
