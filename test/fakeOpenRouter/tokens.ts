import { textOf } from "./chatMessage";
import type { ChatRequestBody } from "./chatRequest";

/** What an image counts as. Providers count by its size, this many for a middling one. */
const imageTokens = 1000;

/** Counts with OpenAI's tokenizer o200k, which is loaded once something is counted. */
export async function countTokens(text: string): Promise<number> {
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  // What looks like one of the tokenizer's own marks is text here.
  return countTokens(text, { disallowedSpecial: new Set() });
}

/** What a request counts as: its messages, tool calls, tools, and what separates them. */
export async function countPrompt({ messages, tools = [] }: ChatRequestBody): Promise<number> {
  let images = 0;
  const texts = messages.map((message) => {
    if (Array.isArray(message.content)) {
      images += message.content.filter(({ type }) => type === "image_url").length;
    }
    const calls = message.role === "assistant" ? (message.tool_calls ?? []) : [];
    return [message.role, textOf(message), ...calls.map((call) => JSON.stringify(call.function))].join("\n");
  });
  const described = tools.map((tool) => JSON.stringify(tool));
  const counts = await Promise.all([...texts, ...described].map(countTokens));
  return counts.reduce((sum, count) => sum + count + 3, images * imageTokens);
}
