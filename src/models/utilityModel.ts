import type { OpenRouterModel } from "../openrouter/model";

/** Tokens: a commit message is made of the changes of many files. */
const leastContext = 100_000;

/** Such a request, in tokens: much goes in, and a line or two comes out. */
const [typicalPrompt, typicalAnswer] = [2000, 50];

/**
 * The cheapest model for titles and commit messages. One with tools is able enough; one that must reason is too slow
 * for a line; and a free one answers a few dozen requests a day. Undefined where none is suitable.
 */
export function utilityModel(models: readonly OpenRouterModel[]): OpenRouterModel | undefined {
  const costs = models.filter(isSuitable).map((model) => ({ model, cost: cost(model) }));
  return costs.reduce<(typeof costs)[number] | undefined>(
    (best, next) => (best && best.cost <= next.cost ? best : next),
    undefined,
  )?.model;
}

const isSuitable = (model: OpenRouterModel) =>
  cost(model) > 0 &&
  model.contextLength >= leastContext &&
  model.supportedParameters.includes("tools") &&
  model.reasoning?.mandatory !== true &&
  model.expirationDate === undefined &&
  !model.id.includes(":"); // another variant routes by something other than the price

/** USD for a typical request; NaN where the price isn't known. */
const cost = ({ prices }: OpenRouterModel) =>
  prices ? prices.prompt * typicalPrompt + prices.completion * typicalAnswer : Number.NaN;
