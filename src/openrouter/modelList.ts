import * as z from "zod/mini";
import { OpenRouterError } from "./errors";
import { isModelId, type ModelList } from "./model";
import { parseModel } from "./modelSchema";
import { type RequestOptions, request } from "./request";

const userModels = "/api/v1/models/user";
const allModels = "/api/v1/models";
const textModels = "?output_modalities=text";
/** How many ids make the order: enough to leave twenty of an account that may not use most of them. */
const mostPopular = "&supported_parameters=tools&sort=most-popular&limit=100";

/** Five hundred models, with descriptions that nobody reads here, are 1 MB. */
const maximumBytes = 10_000_000;

const List = z.object({ data: z.array(z.unknown()) });

/**
 * The models that the key can use, and write text: `GET {baseUrl}/api/v1/models/user`. Their popularity is asked for
 * without the key; where that fails, it's empty. Throws `OpenRouterError`, or the signal's reason.
 */
export async function getModels(key: string, options: RequestOptions): Promise<ModelList> {
  const ended = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  try {
    const [answers, popular] = await Promise.all([
      getUserModels(key, { ...options, maximumBytes }),
      getPopular({ ...options, maximumBytes, signal }),
    ]);
    const models = answers.map(parseModel);
    const readable = models.filter((model) => model !== undefined);
    const unreadable = models.length - readable.length;
    if (unreadable > 0) options.log?.warn(`${unreadable} of ${models.length} models can't be read`);
    // VS Code takes no id twice.
    const byId = new Map(readable.toReversed().map((model) => [model.id, model]));
    const unique = readable.filter((model) => byId.get(model.id) === model);
    const writing = unique.filter(({ outputModalities }) => outputModalities.includes("text"));
    return { models: writing.map(({ outputModalities: _, ...model }) => model), popular };
  } finally {
    ended.abort();
  }
}

async function getUserModels(key: string, options: RequestOptions): Promise<unknown[]> {
  const init = { headers: { Authorization: `Bearer ${key}` } };
  const get = async (path: string) => (await request(List, path + textModels, options, init)).body.data;
  return get(userModels).catch((error) => {
    if (isMissing(error)) return get(allModels);
    throw error;
  });
}

/** A gateway may not know the path, and say so in JSON or in a page of its own. */
const isMissing = (error: unknown) =>
  error instanceof OpenRouterError && (error.failure === "intermediary" || error.details.status === 404);

async function getPopular(options: RequestOptions): Promise<string[]> {
  const answer = request(List, allModels + textModels + mostPopular, options, {});
  const models = await answer.then(({ body }) => body.data).catch(() => []); // the log has the request
  return models.map((model) => z.safeParse(Identified, model).data?.id ?? "").filter(isModelId);
}

const Identified = z.object({ id: z.string() });
