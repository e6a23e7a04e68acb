import type { Answer } from "./answer";
import { type ApiCall, type ApiParts, authenticate } from "./api";
import type { FakeModel } from "./fakeModel";
import { mostPopular } from "./models";
import { invalidRequest } from "./refusal";

/** `GET /api/v1/models`: all models, with the filters and orders that matter here. */
export function listModels(models: readonly FakeModel[], query: string): Answer {
  const parameters = new URLSearchParams(query);
  const sort = parameters.get("sort");
  const order = sort === null ? undefined : orders[sort];
  if (sort !== null && !order) return invalidRequest(`Invalid sort: ${sort}`);
  const needed = parameters.get("supported_parameters")?.split(",") ?? [];
  const found = models.filter(
    (model) =>
      writes(model, parameters.get("output_modalities") ?? "text") &&
      needed.every((parameter) => model.supported_parameters.includes(parameter)),
  );
  return page("/api/v1/models", parameters, order ? found.toSorted(order) : found);
}

/** `GET /api/v1/models/user`: those that the bearer of a key may use. By the contract it can't be sorted. */
export function listUserModels(
  call: ApiCall,
  parts: ApiParts,
  models: readonly FakeModel[],
  query: string,
): Answer {
  const caller = authenticate(call, parts);
  if ("status" in caller) return caller;
  const parameters = new URLSearchParams(query);
  const output = parameters.get("output_modalities");
  return page(
    "/api/v1/models/user",
    parameters,
    output === null ? models : models.filter((model) => writes(model, output)),
  );
}

/** Whether it writes one of these. `all` is everything. */
function writes({ architecture }: FakeModel, modalities: string): boolean {
  const wanted = modalities.split(",");
  return wanted.includes("all") || architecture.output_modalities.some((output) => wanted.includes(output));
}

const popularity = ({ id }: FakeModel) => {
  const rank = mostPopular.indexOf(id);
  return rank === -1 ? mostPopular.length : rank;
};
const price = ({ pricing }: FakeModel) => Number(pricing.prompt) + Number(pricing.completion);

const orders: Readonly<Record<string, (one: FakeModel, other: FakeModel) => number>> = {
  "most-popular": (one, other) => popularity(one) - popularity(other),
  "top-weekly": (one, other) => popularity(one) - popularity(other),
  newest: (one, other) => other.created - one.created,
  "pricing-low-to-high": (one, other) => price(one) - price(other),
  "pricing-high-to-low": (one, other) => price(other) - price(one),
  "context-high-to-low": (one, other) => (other.context_length ?? 0) - (one.context_length ?? 0),
};

/** The whole list, or the page that is asked for. */
function page(path: string, parameters: URLSearchParams, models: readonly FakeModel[]): Answer {
  const isWhole = !parameters.has("offset") && !parameters.has("limit");
  const offset = Number(parameters.get("offset") ?? 0);
  const limit = isWhole ? models.length : Number(parameters.get("limit") ?? 500);
  const isRight = [offset, limit].every(Number.isInteger) && offset >= 0 && limit <= 1000;
  if (!isRight || (!isWhole && limit < 1)) return invalidRequest("Invalid request parameters");
  const end = offset + limit;
  const following = new URLSearchParams(parameters);
  following.set("offset", String(end));
  following.set("limit", String(limit));
  return {
    status: 200,
    body: {
      data: models.slice(offset, end),
      total_count: models.length,
      links: { next: end < models.length ? `${path}?${following}` : null },
    },
  };
}
