import type { ChatContent } from "../openrouter/chat";
import { base64 } from "./base64";
import type { MessagePart } from "./messagePart";

/**
 * The texts and images among parts, in their order; undefined where there are none. Parts of a text belong together
 * as they are. Providers refuse a text of nothing but white space.
 */
export function chatContent(parts: readonly MessagePart[]): string | ChatContent[] | undefined {
  const content: ChatContent[] = [];
  let text = "";
  const endText = () => {
    if (text.trim() !== "") content.push({ type: "text", text });
    text = "";
  };
  for (const part of parts) {
    if (part.kind === "text") text += part.text;
    if (part.kind !== "image") continue;
    endText();
    const url = `data:${part.mimeType};base64,${base64(part.data)}`;
    content.push({ type: "image_url", image_url: { url } });
  }
  endText();
  const [only, ...others] = content;
  return only?.type === "text" && others.length === 0 ? only.text : content.length > 0 ? content : undefined;
}

/** The texts among parts; undefined where there are none. */
export function chatText(parts: readonly MessagePart[]): string | undefined {
  const content = chatContent(parts.filter(({ kind }) => kind === "text"));
  return typeof content === "string" ? content : undefined;
}
