import { type LanguageModelResponsePart, LanguageModelTextPart, LanguageModelToolCallPart } from "vscode";
import type { ChatPart } from "../../models/chatAnswer";
import { reasoningMetadata } from "../../models/reasoningMetadata";
import { thinkingPart, usagePart } from "./unstableApi";

/**
 * A part of an answer as VS Code takes it; undefined where this VS Code has no such part.
 * @param model the id of the model, since reasoning goes back to no other
 */
export function answerPart(part: ChatPart, model: string): LanguageModelResponsePart | undefined {
  switch (part.kind) {
    case "text":
      return new LanguageModelTextPart(part.text);
    case "toolCall":
      return new LanguageModelToolCallPart(part.id, part.name, part.input);
    case "reasoning":
      return thinkingPart(part.text, reasoningMetadata(model));
    // VS Code joins the texts of an answer's thinking parts, and keeps the last metadata.
    case "reasoningDetails":
      return thinkingPart("", reasoningMetadata(model, part.details));
    case "usage":
      return usagePart(part.usage);
    case "piece":
    case "model":
      return undefined;
  }
}
