import * as z from "zod/mini";
import { isModelId, type OpenRouterModel, unknownContextLength } from "./model";

const tokens = z.nullish(z.number());
const texts = z.array(z.string());
/** USD. Text that isn't a number must not pass for nothing, which is what `Number("")` is. */
const price = z
  .string()
  .check(z.refine((text) => /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) && Number.isFinite(Number(text))));

/** `Model` in OpenRouter's OpenAPI document, in the fields in use. */
const Model = z.object({
  id: z.string().check(z.refine(isModelId)),
  name: z.string(),
  context_length: tokens,
  architecture: z.object({ input_modalities: texts, output_modalities: texts }),
  top_provider: z.nullish(z.object({ context_length: tokens, max_completion_tokens: tokens })),
  pricing: z.object({
    prompt: price,
    completion: price,
    input_cache_read: z.nullish(price),
    input_cache_write: z.nullish(price),
  }),
  supported_parameters: z.nullish(texts),
  reasoning: z.nullish(
    z.object({
      mandatory: z.boolean(),
      supported_efforts: z.nullish(z.array(z.nullable(z.string()))),
      default_effort: z.nullish(z.string()),
      default_enabled: z.nullish(z.boolean()),
    }),
  ),
  expiration_date: z.nullish(z.string()),
});
type Model = z.infer<typeof Model>;

/** A model as OpenRouter lists it, with what it writes, such as `text`; undefined where it can't be read. */
export function parseModel(
  input: unknown,
): (OpenRouterModel & { outputModalities: readonly string[] }) | undefined {
  const { data } = z.safeParse(Model, input);
  if (!data) return undefined;
  const { id, name, architecture, top_provider: provider } = data;
  const maxCompletionTokens = count(provider?.max_completion_tokens);
  const windows = [count(data.context_length), count(provider?.context_length)];
  const prices = parsePrices(data.pricing);
  const reasoning = data.reasoning && parseReasoning(data.reasoning);
  const expires = !Number.isNaN(Date.parse(data.expiration_date ?? ""));
  return {
    id,
    name,
    contextLength: smallest(windows) ?? unknownContextLength,
    ...(maxCompletionTokens !== undefined && { maxCompletionTokens }),
    inputModalities: architecture.input_modalities,
    outputModalities: architecture.output_modalities,
    supportedParameters: data.supported_parameters ?? [],
    ...(prices && { prices }),
    ...(reasoning && { reasoning }),
    ...(expires && data.expiration_date && { expirationDate: data.expiration_date }),
  };
}

/** A number of tokens; undefined where it is none, or no number of tokens that anything fits into. */
const count = (value: number | null | undefined) =>
  value && value >= 2 && value <= Number.MAX_SAFE_INTEGER ? Math.floor(value) : undefined;

function smallest(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** A router's are "-1". */
function parsePrices(pricing: Model["pricing"]): OpenRouterModel["prices"] {
  const [prompt, completion] = [Number(pricing.prompt), Number(pricing.completion)];
  if (prompt < 0 || completion < 0) return undefined;
  const [cacheRead, cacheWrite] = [pricing.input_cache_read, pricing.input_cache_write].map((text) =>
    text && Number(text) >= 0 ? Number(text) : undefined,
  );
  return {
    prompt,
    completion,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
}

function parseReasoning(reasoning: NonNullable<Model["reasoning"]>): OpenRouterModel["reasoning"] {
  const { mandatory, supported_efforts, default_effort, default_enabled } = reasoning;
  const efforts = supported_efforts?.filter((effort) => effort !== null);
  const defaultEffort = default_enabled === false && !mandatory ? "none" : default_effort;
  return { mandatory, ...(efforts && { efforts }), ...(defaultEffort && { defaultEffort }) };
}
