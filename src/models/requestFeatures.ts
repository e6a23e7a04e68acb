import type { LanguageModelChatRequestMessage } from "vscode";
import { isObject } from "../common/isObject";
import type { ChatBody, ChatMessage } from "../openrouter/chat";
import { type MessagePart, readParts } from "./messagePart";
import { add, addText, kinds, noFeatures, sum, type TextFeatures, textFeatures } from "./textFeatures";
import { toolArguments } from "./toolArguments";

/** Tokens that a provider adds to each. */
const frames = { message: 4, tool: 8 };

/** Tokens of an image: from 258 to 1,600, by model and size. */
const image = 1_000;

/**
 * What a request consists of, in order to learn from its count; undefined where it has images, of which nobody knows
 * what they count.
 */
export function requestFeatures({ messages, tools = [] }: ChatBody): TextFeatures | undefined {
  const features = noFeatures();
  for (const message of messages) if (!addMessage(features, message)) return undefined;
  const schemas = textFeatures(JSON.stringify(tools.map((tool) => tool.function)));
  // Each provider writes them in its own way, so they say nothing about other texts.
  if (tools.length > 0) add(features, kinds.frames, sum(schemas) + tools.length * frames.tool);
  return features;
}

/** @returns whether there are only texts in it */
function addMessage(features: TextFeatures, message: ChatMessage): boolean {
  add(features, kinds.frames, frames.message);
  const content = message.content ?? "";
  for (const part of typeof content === "string" ? [{ type: "text", text: content } as const] : content) {
    if (part.type !== "text") return false;
    addText(features, part.text);
  }
  for (const call of message.tool_calls ?? []) {
    add(features, kinds.frames, frames.tool);
    addText(features, call.function.name + call.function.arguments);
  }
  const details = message.reasoning_details ?? [{ type: "", text: message.reasoning }];
  for (const { text, summary } of details as readonly Readonly<Record<string, unknown>>[])
    for (const reasoning of [text, summary]) if (typeof reasoning === "string") addText(features, reasoning);
  return true;
}

/** What a message consists of, before it is sent. */
export function messageFeatures(message: LanguageModelChatRequestMessage): TextFeatures {
  const features = noFeatures();
  add(features, kinds.frames, frames.message);
  const { content } = isObject(message) ? message : {};
  for (const part of readParts(content)) {
    addPart(features, part);
    if (part.kind === "toolCall") addText(features, part.name + (toolArguments(part.input) ?? ""));
    if (part.kind === "toolCall" || part.kind === "toolResult") add(features, kinds.frames, frames.tool);
    if (part.kind === "toolResult") for (const result of readParts(part.content)) addPart(features, result);
  }
  return features;
}

function addPart(features: TextFeatures, part: MessagePart): void {
  if (part.kind === "text" || part.kind === "thinking") addText(features, part.text);
  if (part.kind === "image") add(features, kinds.frames, image);
}
