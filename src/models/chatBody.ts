import type { LanguageModelChatTool, ProvideLanguageModelChatResponseOptions } from "vscode";
import { isObject } from "../common/isObject";
import type { ChatBody, ChatMessage, ChatTool } from "../openrouter/chat";
import type { OpenRouterModel } from "../openrouter/model";
import { modelEfforts } from "./modelEfforts";
import { modelParameters, requestedMaxTokens, requestedReasoning } from "./modelOptions";

/** What VS Code passes to a provider, and what isn't in its typings. */
export type ChatOptions = Pick<
  ProvideLanguageModelChatResponseOptions,
  "modelOptions" | "tools" | "toolMode"
> & {
  /** What the user chose in the model picker. */
  readonly modelConfiguration?: unknown;
};

export interface ChatSettings {
  /** `connectOpenRouter.providerRouting`: goes with every request, and no extension can change it. */
  readonly providerRouting?: unknown;
}

/** `LanguageModelChatToolMode.Required` */
const toolsRequired = 2;

/** Characters of a session ID, by OpenRouter's `ChatRequest`. */
const maxSessionId = 256;

/**
 * The request for an answer. The tokens of the answer are limited only where the caller says so: OpenRouter then
 * passes over providers that serve fewer, and answers would be cut off. Without a limit, it checks that the credits
 * can pay for the longest answer of the model, and otherwise answers 402, with the number of tokens that they can.
 */
export function chatBody(
  model: Pick<OpenRouterModel, "id" | "contextLength" | "maxCompletionTokens" | "reasoning">,
  messages: readonly ChatMessage[],
  { modelOptions, modelConfiguration, tools: offered, toolMode }: ChatOptions,
  { providerRouting }: ChatSettings = {},
): ChatBody {
  const tools = (offered ?? []).map(chatTool);
  const tokens = requestedMaxTokens(modelOptions);
  const most = model.maxCompletionTokens ?? model.contextLength;
  const reasoning = requestedReasoning(modelOptions) ?? chosenReasoning(model, modelConfiguration);
  const session = sessionId(modelOptions);
  return {
    ...modelParameters(modelOptions),
    model: model.id,
    messages,
    stream: true,
    ...(tools.length > 0 && { tools }),
    ...(tools.length > 0 && toolMode === toolsRequired && { tool_choice: "required" }),
    ...(tokens !== undefined && { max_completion_tokens: Math.min(tokens, most) }),
    ...(reasoning && { reasoning }),
    // Caches the prompt up to its end. Other models than Anthropic's do that by themselves.
    ...(/^~?anthropic\//.test(model.id) && { cache_control: { type: "ephemeral" } }),
    ...(session !== undefined && { session_id: session }),
    ...(isObject(providerRouting) &&
      Object.keys(providerRouting).length > 0 && { provider: providerRouting }),
  };
}

/** The schema goes out as it is, but providers refuse a tool without any. */
function chatTool({ name, description, inputSchema }: LanguageModelChatTool): ChatTool {
  const isEmpty = !isObject(inputSchema) || Object.keys(inputSchema).every((key) => key === "type");
  const parameters = isEmpty ? { type: "object", properties: {} } : inputSchema;
  return { type: "function", function: { name, ...(description && { description }), parameters } };
}

/** What the user chose in the picker, which may be of a time when the model took other efforts. */
function chosenReasoning(model: Pick<OpenRouterModel, "reasoning">, configuration: unknown) {
  const { reasoningEffort: effort } = isObject(configuration) ? configuration : {};
  return typeof effort === "string" && modelEfforts(model).includes(effort) ? { effort } : undefined;
}

/** One for each chat, so that its requests go to one provider, which has them in its cache. */
function sessionId(options: unknown): string | undefined {
  const { _conversationId: conversation, session_id: session } = isObject(options) ? options : {};
  const id = [conversation, session].find((value) => typeof value === "string" && value !== "");
  // Of the IDs that are URIs, the end is what tells them apart.
  return typeof id === "string" ? id.slice(-maxSessionId) : undefined;
}
