import type { JsonObject } from "./answer";

/** A model as `GET /models` lists it: `Model` in OpenRouter's OpenAPI document. */
export interface FakeModel extends JsonObject {
  /** Such as `anthropic/claude-sonnet-4.5`, or `meta-llama/llama-4-maverick:free`. */
  id: string;
  canonical_slug: string;
  name: string;
  /** Seconds since the epoch. */
  created: number;
  description: string;
  context_length: number | null;
  architecture: {
    modality: string | null;
    input_modalities: string[];
    output_modalities: string[];
    tokenizer?: string;
    instruct_type?: string | null;
  };
  /** USD for each token, as text. A router's are "-1". */
  pricing: { prompt: string; completion: string; [what: string]: string };
  top_provider: {
    context_length?: number | null;
    max_completion_tokens?: number | null;
    is_moderated: boolean;
  };
  per_request_limits: null;
  supported_parameters: string[];
  default_parameters: { [parameter: string]: number | null } | null;
  reasoning?: {
    mandatory: boolean;
    supported_efforts?: string[] | null;
    default_effort?: string | null;
    default_enabled?: boolean;
    supports_max_tokens?: boolean;
  };
  expiration_date?: string | null;
  hugging_face_id?: string | null;
  knowledge_cutoff?: string | null;
  alias_target?: { slug: string; name: string };
  supported_voices: string[] | null;
  links: { details: string };
}

/** A model with all fields that the contract requires, which writes and reads text, and calls tools. */
export function createModel(partial: Pick<FakeModel, "id"> & Partial<FakeModel>): FakeModel {
  const { id } = partial;
  const contextLength = partial.context_length === undefined ? 131_072 : partial.context_length;
  return {
    canonical_slug: id.replace(/:.*$/s, ""),
    name: id,
    created: 1_764_547_200, // 2025-12-01
    description: `The model ${id}.`,
    context_length: contextLength,
    architecture: architecture(["text"], ["text"]),
    pricing: { prompt: "0.0000005", completion: "0.0000015" },
    top_provider: { context_length: contextLength, max_completion_tokens: 32_768, is_moderated: false },
    per_request_limits: null,
    supported_parameters: ["max_tokens", "temperature", "tool_choice", "tools", "top_p"],
    default_parameters: {},
    expiration_date: null,
    hugging_face_id: null,
    knowledge_cutoff: null,
    supported_voices: null,
    links: { details: `/api/v1/models/${id}/endpoints` },
    ...partial,
  };
}

/** What a model reads and writes. */
export function architecture(
  input: string[],
  output: string[],
  tokenizer = "Other",
): FakeModel["architecture"] {
  return {
    modality: `${input.join("+")}->${output.join("+")}`,
    input_modalities: input,
    output_modalities: output,
    tokenizer,
    instruct_type: null,
  };
}

/** Models that nobody has heard of, all different. Prices, windows and capabilities vary. */
export function manyModels(count: number): FakeModel[] {
  return Array.from({ length: count }, (_, index) => {
    const author = `author-${index % 40}`;
    const window = 8192 * 2 ** (index % 8);
    return createModel({
      id: `${author}/model-${index}`,
      name: `Author ${index % 40}: Model ${index}`,
      created: 1_700_000_000 + index * 86_400,
      context_length: window,
      architecture: architecture(index % 3 === 0 ? ["text", "image"] : ["text"], ["text"]),
      pricing: { prompt: usdForEach(index % 50), completion: usdForEach((index % 50) * 4) },
      top_provider: { context_length: window, max_completion_tokens: window / 4, is_moderated: false },
      ...(index % 5 === 0 && { supported_parameters: ["max_tokens", "temperature"] }),
    });
  });
}

/** The price of one token, for a price in tenths of USD for a million of them. */
const usdForEach = (tenths: number) => (tenths / 1e7).toFixed(8).replace(/\.?0+$/, "");
