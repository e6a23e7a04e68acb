import * as z from "zod/mini";
import type { Answer, JsonObject } from "./answer";
import { parseChatRequest } from "./chatChecks";
import type { ChatRequestBody } from "./chatRequest";
import { parseJson } from "./parseJson";

const blockSchema = z.looseObject({ type: z.string() });
const contentSchema = z.union([z.string(), z.array(blockSchema)]);
type Content = z.infer<typeof contentSchema>;
type Block = z.infer<typeof blockSchema>;

/** The part of Anthropic's `MessageCreateParams` that matters. */
const requestSchema = z.looseObject({
  model: z.string(),
  max_tokens: z.int().check(z.minimum(1)),
  messages: z
    .array(z.looseObject({ role: z.enum(["user", "assistant", "system"]), content: contentSchema }))
    .check(z.minLength(1)),
  system: z.optional(z.union([z.string(), z.array(z.looseObject({ text: z.string() }))])),
  stream: z.optional(z.boolean()),
  tools: z.optional(z.array(z.looseObject({ name: z.string() }))),
  temperature: z.optional(z.number()),
});

/** A request of `/messages` in the words of `/chat/completions`. */
export function parseMessagesRequest(text: string): { body: ChatRequestBody } | { refused: Answer } {
  const parsed = parseJson(text, requestSchema);
  if ("refused" in parsed) return parsed;
  const { model, max_tokens, messages, system, stream, tools = [], temperature } = parsed.body;
  return parseChatRequest(
    JSON.stringify({
      model: openRouterId(model),
      max_tokens,
      stream,
      temperature,
      messages: [
        ...(system?.length ? [{ role: "system", content: textOf(system) }] : []),
        ...messages.flatMap(({ role, content }) => chatMessages(role, content)),
      ],
      ...(tools.length > 0 && { tools: tools.filter(({ input_schema }) => input_schema).map(chatTool) }),
    }),
  );
}

/** Anthropic's own names are those of its models here: `claude-sonnet-4-5-20250929` is `anthropic/claude-sonnet-4.5`. */
function openRouterId(model: string): string {
  if (!model.startsWith("claude-")) return model;
  return `anthropic/${model.replace(/-\d{8}$/, "").replace(/(\d)-(\d)/, "$1.$2")}`;
}

/** The results of tools are messages of their own, before what the user says. */
function chatMessages(role: "user" | "assistant" | "system", content: Content): JsonObject[] {
  if (typeof content === "string") return [{ role, content }];
  const ofType = (type: string) => content.filter((block) => block.type === type);
  const results = ofType("tool_result").map(({ tool_use_id, content }) => ({
    role: "tool",
    tool_call_id: String(tool_use_id),
    content: textOf(contentSchema.safeParse(content).data ?? ""),
  }));
  const calls = ofType("tool_use").map(({ id, name, input }) => ({
    id: String(id),
    type: "function",
    function: { name: String(name), arguments: JSON.stringify(input) },
  }));
  const said = role === "user" ? content.flatMap(userPart) : textOf(content);
  const isEmpty = said.length === 0 && calls.length === 0;
  return [
    ...results,
    ...(isEmpty ? [] : [{ role, content: said, ...(calls.length > 0 && { tool_calls: calls }) }]),
  ];
}

function userPart(block: Block): JsonObject[] {
  if (block.type === "text") return [{ type: "text", text: String(block.text) }];
  const { media_type, data, url } = Object(block.source);
  if (block.type !== "image") return [];
  return [{ type: "image_url", image_url: { url: url ?? `data:${media_type};base64,${data}` } }];
}

const textOf = (content: string | readonly Record<string, unknown>[]) =>
  typeof content === "string"
    ? content
    : content.flatMap(({ text }) => (typeof text === "string" ? [text] : [])).join("\n");

const chatTool = ({ name, description, input_schema: parameters }: Record<string, unknown>) => ({
  type: "function",
  function: { name, description, parameters },
});
