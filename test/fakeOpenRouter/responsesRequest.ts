import * as z from "zod/mini";
import type { Answer, JsonObject } from "./answer";
import { parseChatRequest } from "./chatChecks";
import type { ChatRequestBody } from "./chatRequest";
import { parseJson } from "./parseJson";

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);
const itemSchema = z.union([
  z.looseObject({
    type: z.optional(z.literal("message")),
    role: z.enum(["user", "assistant", "system", "developer"]),
    content: contentSchema,
  }),
  z.looseObject({
    type: z.literal("function_call"),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
  z.looseObject({ type: z.literal("function_call_output"), call_id: z.string(), output: contentSchema }),
  z.looseObject({ type: z.string() }),
]);
type Item = z.infer<typeof itemSchema>;

/** The part of OpenAI's `ResponseCreateParams` that matters. */
const requestSchema = z.looseObject({
  model: z.optional(z.string()),
  input: z.union([z.string(), z.array(itemSchema)]),
  instructions: z.nullish(z.string()),
  stream: z.nullish(z.boolean()),
  max_output_tokens: z.nullish(z.int().check(z.minimum(1))),
  tools: z.optional(z.array(z.looseObject({ type: z.string() }))),
  temperature: z.nullish(z.number()),
});

/** A request of `/responses` in the words of `/chat/completions`. Of the tools it has only functions. */
export function parseResponsesRequest(text: string): { body: ChatRequestBody } | { refused: Answer } {
  const parsed = parseJson(text, requestSchema);
  if ("refused" in parsed) return parsed;
  const { model, input, instructions, stream, max_output_tokens, tools = [], temperature } = parsed.body;
  const functions = tools.filter(({ type }) => type === "function").map(chatTool);
  return parseChatRequest(
    JSON.stringify({
      model,
      max_tokens: max_output_tokens,
      stream: stream ?? false,
      temperature,
      messages: [
        ...(instructions ? [{ role: "system", content: instructions }] : []),
        ...(typeof input === "string" ? [{ role: "user", content: input }] : chatMessages(input)),
      ],
      ...(functions.length > 0 && { tools: functions }),
    }),
  );
}

/** Calls that stand next to each other were made by one message. */
function chatMessages(items: readonly Item[]): JsonObject[] {
  const messages: JsonObject[] = [];
  let calls: JsonObject[] = [];
  for (const item of items) {
    if ("role" in item) {
      const { role, content } = item as { role: string; content: z.infer<typeof contentSchema> };
      messages.push({ role, content: textOf(content) });
      calls = [];
    } else if (item.type === "function_call") {
      const { call_id, name, arguments: input } = item as unknown as Record<string, string>;
      if (calls.length === 0) messages.push({ role: "assistant", content: null, tool_calls: calls });
      calls.push({ id: call_id, type: "function", function: { name, arguments: input } });
    } else if (item.type === "function_call_output") {
      const { call_id, output } = item as unknown as { call_id: string; output: string };
      messages.push({ role: "tool", tool_call_id: call_id, content: textOf(output) });
      calls = [];
    }
  }
  return messages;
}

const textOf = (content: z.infer<typeof contentSchema>) =>
  typeof content === "string"
    ? content
    : content.flatMap(({ text }) => (typeof text === "string" ? [text] : [])).join("\n");

const chatTool = ({ name, description, parameters }: Record<string, unknown>) => ({
  type: "function",
  function: { name, description, parameters },
});
