import * as z from "zod/mini";
import { messageSchema, toolName } from "./chatMessage";

/** What `POST /chat/completions` takes: the part of `ChatRequest` in OpenRouter's OpenAPI document that matters. */
export type ChatRequestBody = z.infer<typeof chatRequestSchema>;

const toolSchema = z.union([
  z.looseObject({
    type: z.literal("function"),
    function: z.looseObject({
      name: toolName,
      description: z.optional(z.string()),
      parameters: z.optional(z.looseObject({ type: z.literal("object") })),
      strict: z.nullish(z.boolean()),
    }),
  }),
  z.looseObject({ type: z.string().check(z.regex(/^openrouter:/)) }),
]);

const effort = z.nullish(z.enum(["max", "xhigh", "high", "medium", "low", "minimal", "none"]));
const number = z.nullish(z.number());
const integer = z.nullish(z.int());
const between = (least: number, most: number) =>
  z.nullish(z.number().check(z.minimum(least), z.maximum(most)));

/** `ProviderPreferences`, which allows nothing else. */
const providerSchema = z.strictObject({
  allow_fallbacks: z.nullish(z.boolean()),
  data_collection: z.nullish(z.enum(["deny", "allow"])),
  enforce_distillable_text: z.nullish(z.boolean()),
  ignore: z.nullish(z.array(z.string())),
  max_price: z.nullish(z.looseObject({})),
  only: z.nullish(z.array(z.string())),
  order: z.nullish(z.array(z.string())),
  preferred_max_latency: z.nullish(z.unknown()),
  preferred_min_throughput: z.nullish(z.unknown()),
  quantizations: z.nullish(z.array(z.string())),
  require_parameters: z.nullish(z.boolean()),
  sort: z.nullish(z.unknown()),
  zdr: z.nullish(z.boolean()),
});

export const chatRequestSchema = z.looseObject({
  model: z.optional(z.string()),
  models: z.optional(z.array(z.string())),
  messages: z.array(messageSchema).check(z.minLength(1)),
  stream: z.optional(z.boolean()),
  stream_options: z.nullish(z.looseObject({})),
  tools: z.optional(z.array(toolSchema)),
  tool_choice: z.optional(
    z.union([z.enum(["none", "auto", "required"]), z.looseObject({ type: z.string() })]),
  ),
  parallel_tool_calls: z.nullish(z.boolean()),
  max_completion_tokens: z.nullish(z.int().check(z.minimum(1))),
  max_tokens: z.nullish(z.int().check(z.minimum(1))),
  reasoning: z.optional(
    z.looseObject({
      effort,
      max_tokens: integer,
      exclude: z.optional(z.boolean()),
      enabled: z.optional(z.boolean()),
    }),
  ),
  reasoning_effort: effort,
  provider: z.nullish(providerSchema),
  cache_control: z.optional(
    z.looseObject({ type: z.literal("ephemeral"), ttl: z.optional(z.enum(["5m", "1h"])) }),
  ),
  session_id: z.optional(z.string().check(z.maxLength(256))),
  user: z.optional(z.string()),
  temperature: between(0, 2),
  top_p: between(0, 1),
  top_k: integer,
  top_a: number,
  min_p: number,
  seed: integer,
  frequency_penalty: between(-2, 2),
  presence_penalty: between(-2, 2),
  repetition_penalty: number,
  logprobs: z.nullish(z.boolean()),
  top_logprobs: integer,
  logit_bias: z.nullish(z.record(z.string(), z.number())),
  stop: z.nullish(z.union([z.string(), z.array(z.string()).check(z.maxLength(4))])),
  metadata: z.optional(z.record(z.string(), z.string())),
  response_format: z.optional(z.looseObject({ type: z.string() })),
  verbosity: z.nullish(z.enum(["low", "medium", "high", "xhigh", "max"])),
  plugins: z.optional(z.array(z.looseObject({ id: z.string() }))),
});
