import * as z from "zod/mini";

export type RequestMessage = z.infer<typeof messageSchema>;

const textSchema = z.looseObject({
  type: z.literal("text"),
  text: z.string().check(z.minLength(1, "text content blocks must be non-empty")),
});
const urlSchema = z
  .string()
  .check(
    z.regex(
      /^(https:\/\/[^\s/]+\/|data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+=*$)/,
      "Invalid image_url: only HTTPS URLs and base64 data URLs of PNG, JPEG, WebP and GIF are supported",
    ),
  );
const contentSchema = z.discriminatedUnion("type", [
  textSchema,
  z.looseObject({
    type: z.literal("image_url"),
    image_url: z.looseObject({
      url: urlSchema,
      detail: z.optional(z.enum(["auto", "low", "high", "original"])),
    }),
  }),
  z.looseObject({ type: z.enum(["file", "input_audio", "input_video", "video_url"]) }),
]);
const nonEmpty = z.string().check(z.minLength(1, "content must be non-empty"));
const parts = z.array(contentSchema).check(z.minLength(1, "content must be non-empty"));

const argumentsSchema = z.string().check(z.refine(isJsonObject, "arguments must be a JSON object"));

/** What a tool may be called. */
export const toolName = z
  .string()
  .check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/, "tool names must match ^[a-zA-Z0-9_-]{1,64}$"));

/** `ChatMessages` in OpenRouter's OpenAPI document, without content that is empty, which providers refuse. */
export const messageSchema = z.discriminatedUnion("role", [
  z.looseObject({
    role: z.enum(["system", "developer"]),
    content: z.union([nonEmpty, z.array(textSchema).check(z.minLength(1, "content must be non-empty"))]),
    name: z.optional(z.string()),
  }),
  z.looseObject({
    role: z.literal("user"),
    content: z.union([nonEmpty, parts]),
    name: z.optional(z.string()),
  }),
  z.looseObject({
    role: z.literal("assistant"),
    content: z.nullish(z.union([z.string(), parts])),
    name: z.optional(z.string()),
    reasoning: z.nullish(z.string()),
    reasoning_details: z.optional(
      z.array(
        z.looseObject({
          type: z.enum([
            "reasoning.text",
            "reasoning.encrypted",
            "reasoning.summary",
            "reasoning.server_tool_call",
          ]),
        }),
      ),
    ),
    tool_calls: z.optional(
      z
        .array(
          z.looseObject({
            id: z.string().check(z.minLength(1)),
            type: z.literal("function"),
            function: z.looseObject({ name: toolName, arguments: argumentsSchema }),
          }),
        )
        .check(z.minLength(1, "tool_calls must be non-empty")),
    ),
  }),
  z.looseObject({
    role: z.literal("tool"),
    // A tool may have nothing to say.
    content: z.union([z.string(), parts]),
    tool_call_id: z.string().check(z.minLength(1)),
  }),
]);

/** The text of a message, without its images. */
export function textOf({ content }: RequestMessage): string {
  if (typeof content === "string") return content;
  return (content ?? [])
    .map((part) => (part.type === "text" ? (part as { text: string }).text : ""))
    .join("");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
