import type { ProvideLanguageModelChatResponseOptions } from "vscode";
import type { ChatBody, ChatMessage } from "../openrouter/chat";
import type { OpenRouterModel } from "../openrouter/model";

/** What VS Code passes to a provider, and what isn't in its typings. */
export type ChatOptions = Pick<
  ProvideLanguageModelChatResponseOptions,
  "modelOptions" | "tools" | "toolMode"
> & {
  /** What the user chose in the model picker. */
  readonly modelConfiguration?: Readonly<Record<string, unknown>>;
};

export interface ChatSettings {
  /** `connectOpenRouter.providerRouting`. */
  readonly providerRouting?: object | undefined;
  /** Tokens of an answer, such as what the rest of the credits can pay; undefined: what the model can do. */
  readonly maxTokens?: number | undefined;
}

export function chatBody(
  model: Pick<OpenRouterModel, "id">,
  messages: readonly ChatMessage[],
  _options: ChatOptions,
  _settings: ChatSettings = {},
): ChatBody {
  return { model: model.id, messages, stream: true };
}
