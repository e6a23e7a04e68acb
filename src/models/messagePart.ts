import { isObject } from "../common/isObject";
import { promptTsxText } from "./promptTsxText";

export interface ToolCallPart {
  readonly kind: "toolCall";
  /** Never empty. */
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** A part of a message of VS Code's, read. */
export type MessagePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly mimeType: string; readonly data: Uint8Array }
  | ToolCallPart
  | { readonly kind: "toolResult"; readonly id: string; readonly content: unknown; readonly isError: boolean }
  | { readonly kind: "thinking"; readonly text: string; readonly metadata: unknown }
  /** What a model can't be sent. The name is for the log, and says nothing of what the part contains. */
  | { readonly kind: "other"; readonly name: string };

/** The parts of a message, or of a tool's result. VS Code also takes a text in place of its parts. */
export const readParts = (content: unknown): MessagePart[] =>
  (Array.isArray(content) ? content : content === undefined ? [] : [content]).map(readPart);

/**
 * Reads a part by its shape: it may be of any version of VS Code, and of classes that aren't in the typings. Of a
 * text, VS Code's class has `value` alone. The class of thinking always has `id` and `metadata` too, and the one of
 * prompt-tsx an object as its `value`.
 */
export function readPart(part: unknown): MessagePart {
  if (typeof part === "string") return { kind: "text", text: part };
  if (!isObject(part)) return other("unknown part");
  const { value, callId, name, input, content, isError, mimeType, data, metadata } = part;
  if (typeof callId === "string" && callId !== "") {
    if ("content" in part) return { kind: "toolResult", id: callId, content, isError: isError === true };
    if (typeof name === "string" && name !== "") return { kind: "toolCall", id: callId, name, input };
    return other("tool call without a name");
  }
  if (typeof mimeType === "string") return readData(mimeType, data);
  if (Array.isArray(value) || "id" in part || "metadata" in part)
    return { kind: "thinking", text: joined(value), metadata };
  if (typeof value === "string") return { kind: "text", text: value };
  const text = promptTsxText(value);
  return text === undefined ? other("unknown part") : { kind: "text", text };
}

/** The types by which VS Code's chat sends itself notes in the history. */
const notes = ["cache_control", "usage", "stateful_marker", "thinking", "context_management", "phase_data"];

/** What is text, whatever its type begins with: an SVG, which no model takes as an image, too. */
const textType = /^text\/|^application\/json$|\+(json|xml)$/;

function readData(mimeType: string, data: unknown): MessagePart {
  const type = (mimeType.split(";")[0] ?? "").trim().toLowerCase();
  if (notes.includes(type)) return other(type);
  const bytes = ArrayBuffer.isView(data) && new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (!bytes) return other("data without bytes");
  if (textType.test(type)) return { kind: "text", text: new TextDecoder().decode(bytes) };
  if (type.startsWith("image/")) return { kind: "image", mimeType: type, data: bytes };
  return other("data of another type");
}

const joined = (value: unknown) =>
  (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string").join("");

const other = (name: string): MessagePart => ({ kind: "other", name });
