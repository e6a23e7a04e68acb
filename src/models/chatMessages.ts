import type { LanguageModelChatRequestMessage } from "vscode";
import { isObject } from "../common/isObject";
import type { Log } from "../common/log";
import type { ChatMessage, ChatToolCall, ReasoningDetail } from "../openrouter/chat";
import { chatContent, chatText } from "./chatContent";
import { chatReasoning, type ReasoningSource } from "./chatReasoning";
import { type MessagePart, readParts, type ToolCallPart } from "./messagePart";
import type { ReasoningMemory } from "./reasoningMemory";
import { toolArguments } from "./toolArguments";
import { pairToolCalls } from "./toolCallPairs";

export interface ChatMessagesContext {
  /** The ID that the request names: reasoning goes back only to the model that it is from. */
  readonly model: string;
  readonly memory: Pick<ReasoningMemory, "recall">;
  readonly log: Pick<Log, "debug">;
}

/** `LanguageModelChatMessageRole`. `System` isn't in the typings. */
const roles: Readonly<Record<number, "user" | "assistant" | "system">> = {
  1: "user",
  2: "assistant",
  3: "system",
};

/**
 * VS Code's messages as OpenRouter's. Empty where nothing of them can be sent. Whatever can't be is left out, and
 * logged by its kind; nothing in them throws.
 */
export function chatMessages(
  messages: readonly LanguageModelChatRequestMessage[],
  { model, memory, log }: ChatMessagesContext,
): ChatMessage[] {
  const notes = new Map<string, number>();
  const note = (what: string) => void notes.set(what, (notes.get(what) ?? 0) + 1);
  const recalled = new Set<readonly ReasoningDetail[]>();
  const recall = (calls: readonly ToolCallPart[]) => {
    const details = memory.recall(model, calls);
    if (!details || recalled.has(details)) return undefined;
    recalled.add(details);
    return details;
  };
  const mapped = messages.flatMap((message) => chatMessage(message, { model, recall, note }));
  const paired = pairToolCalls(mapped, note);
  if (notes.size > 0)
    log.debug(`Request to ${model}: ${[...notes].map(([what, times]) => `${what} (${times})`).join(", ")}`);
  return paired;
}

/** A message becomes several where it holds results of tools. */
function chatMessage(message: unknown, source: ReasoningSource): ChatMessage[] {
  const { role: number, content, name } = isObject(message) ? message : {};
  const role = typeof number === "number" ? roles[number] : undefined;
  if (!role) source.note("sent a message of an unknown role as the user's");
  const parts = readParts(content);
  for (const part of parts) if (part.kind === "other") source.note(`left out ${part.name}`);
  const results = parts.filter((part) => part.kind === "toolResult").map((part) => toolMessage(part, source));
  const body = role === "assistant" ? assistantContent(parts, source) : otherContent(role, parts, source);
  const own: ChatMessage[] = body
    ? [{ role: role ?? "user", ...body, ...(typeof name === "string" && name !== "" && { name }) }]
    : [];
  return [...own, ...results]; // which `pairToolCalls` puts behind their calls
}

type Body = Omit<ChatMessage, "role" | "name">;

function assistantContent(parts: readonly MessagePart[], source: ReasoningSource): Body | undefined {
  for (const { kind } of parts) if (kind === "image") source.note("left out an image of an assistant");
  const content = chatText(parts) ?? null;
  const calls = parts.filter((part) => part.kind === "toolCall").map((part) => toolCall(part, source));
  if (content === null && calls.length === 0) return undefined;
  return { content, ...(calls.length > 0 && { tool_calls: calls }), ...chatReasoning(parts, source) };
}

function otherContent(
  role: "user" | "system" | undefined,
  parts: readonly MessagePart[],
  { note }: ReasoningSource,
): Body | undefined {
  for (const { kind } of parts) {
    if (kind === "toolCall") note("left out a tool call that isn't an assistant's");
    if (kind === "thinking") note("left out thinking that isn't an assistant's");
    if (kind === "image" && role === "system") note("left out an image of the system");
  }
  const content = role === "system" ? chatText(parts) : chatContent(parts);
  return content === undefined ? undefined : { content };
}

function toolCall({ id, name, input }: ToolCallPart, { note }: ReasoningSource): ChatToolCall {
  const json = toolArguments(input);
  if (json === undefined) note("replaced the input of a tool call, which was no object");
  return { id, type: "function", function: { name, arguments: json ?? "{}" } };
}

/** OpenRouter has no field for a tool's failure, so its text says it. */
function toolMessage(
  { id, content, isError }: MessagePart & { readonly kind: "toolResult" },
  { note }: ReasoningSource,
): ChatMessage {
  const parts = readParts(content);
  for (const part of parts) {
    if (part.kind === "text" || part.kind === "image") continue;
    note(`left out ${part.kind === "other" ? part.name : "a part"} of a tool's result`);
  }
  const told = isError && !/^\s*error\b/i.test(chatText(parts) ?? "");
  const result = chatContent(told ? [{ kind: "text", text: "Error: " }, ...parts] : parts);
  return { role: "tool", tool_call_id: id, content: result ?? "(empty)" };
}
