import type { LanguageModelChatRequestMessage } from "vscode";
import type { Log } from "../common/log";
import type { ChatMessage } from "../openrouter/chat";
import type { ReasoningMemory } from "./reasoningMemory";

export interface ChatMessagesContext {
  /** The ID that the request names: reasoning goes back only to the model that it is from. */
  readonly model: string;
  readonly memory: Pick<ReasoningMemory, "recall">;
  readonly log: Pick<Log, "debug">;
}

/** VS Code's messages as OpenRouter's. Never throws. Empty where nothing of them can be sent. */
export function chatMessages(
  _messages: readonly LanguageModelChatRequestMessage[],
  _context: ChatMessagesContext,
): ChatMessage[] {
  return [];
}
