import { isDeepStrictEqual } from "node:util";
import type { Answer } from "./answer";
import { type ChatRequestBody, chatRequestSchema } from "./chatRequest";
import type { ReasoningDetail } from "./chatScript";
import type { FakeModel } from "./fakeModel";
import { parseJson } from "./parseJson";
import { contextProblem, invalidRequest, noSupportProblem, providerProblem } from "./refusal";

/** The reasoning that each tool call came with, by the tool call's id. */
export type ReasoningMemory = Map<string, { model: string; details: readonly ReasoningDetail[] }>;

/** A request as the contract has it, or why it isn't one. */
export function parseChatRequest(text: string): { body: ChatRequestBody } | { refused: Answer } {
  const parsed = parseJson(text, chatRequestSchema);
  if ("refused" in parsed) return parsed;
  // Such as VS Code's own options, which are none of OpenRouter's business.
  const strange = Object.keys(parsed.body).find((name) => name.startsWith("_"));
  return strange === undefined ? parsed : { refused: invalidRequest(`Unrecognized parameter: ${strange}`) };
}

/** Why the messages don't make a conversation, if they don't. */
export function conversationProblem({ messages }: ChatRequestBody): Answer | undefined {
  let unanswered: string[] = [];
  for (const [index, message] of messages.entries()) {
    const where = `messages.${index}`;
    if (message.role === "tool") {
      const id = message.tool_call_id;
      if (!unanswered.includes(id)) {
        return invalidRequest(
          `${where}: tool_call_id "${id}" is not found in tool_calls of the previous assistant message`,
        );
      }
      unanswered = unanswered.filter((other) => other !== id);
      continue;
    }
    if (unanswered.length > 0) {
      return invalidRequest(
        `${where}: An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Missing: ${unanswered.join(", ")}`,
      );
    }
    if (message.role !== "assistant") continue;
    unanswered = (message.tool_calls ?? []).map(({ id }) => id);
    if (new Set(unanswered).size < unanswered.length) {
      return invalidRequest(`${where}: tool_call ids must be unique`);
    }
    if (!message.content && unanswered.length === 0) {
      return invalidRequest(`${where}: content must be non-empty`);
    }
  }
  return unanswered.length > 0
    ? invalidRequest(`Tool calls without a result: ${unanswered.join(", ")}`)
    : undefined;
}

/** Why this model can't do what it is asked for, if it can't. */
export function capabilityProblem(request: ChatRequestBody, model: FakeModel): Answer | undefined {
  const { input_modalities, output_modalities } = model.architecture;
  if (!output_modalities.includes("text")) return noSupportProblem("the requested output modalities: text");
  if ((request.tools?.length ?? 0) > 0 && !model.supported_parameters.includes("tools")) {
    return noSupportProblem("tool use");
  }
  const types = request.messages.flatMap(({ content }) =>
    Array.isArray(content) ? content.map(({ type }) => type) : [],
  );
  if (types.includes("image_url") && !input_modalities.includes("image")) {
    return noSupportProblem("image input");
  }
  const effort = request.reasoning?.effort ?? request.reasoning_effort;
  if (effort && model.reasoning) {
    const { mandatory, supported_efforts: efforts } = model.reasoning;
    if ((mandatory && effort === "none") || (efforts && !efforts.includes(effort))) {
      return invalidRequest(`Reasoning effort "${effort}" is not supported by ${model.id}`);
    }
  }
  return undefined;
}

/** Why prompt and answer don't fit, if they don't. */
export function sizeProblem(
  { max_completion_tokens, max_tokens }: ChatRequestBody,
  model: FakeModel,
  promptTokens: number,
): Answer | undefined {
  const output = max_completion_tokens ?? max_tokens ?? 0;
  const served = model.top_provider.max_completion_tokens;
  if (served && output > served) {
    return invalidRequest(`max_tokens: ${output} > ${served}, which is the maximum allowed for ${model.id}`);
  }
  const window = windowOf(model);
  return promptTokens + output > window ? contextProblem(window, promptTokens, 0, output) : undefined;
}

/** What the top provider serves. */
export function windowOf({ context_length, top_provider }: FakeModel): number {
  return top_provider.context_length ?? context_length ?? Number.POSITIVE_INFINITY;
}

/**
 * Since the last message of the user, a model that must reason wants its reasoning back with the tool calls that
 * came with it, exactly as it was: Gemini's and DeepSeek's, and Claude's once it has reasoned.
 */
export function reasoningProblem(
  { messages }: ChatRequestBody,
  model: FakeModel,
  memory: ReasoningMemory,
): Answer | undefined {
  const { tokenizer } = model.architecture;
  if (!model.reasoning?.mandatory && tokenizer !== "Claude") return undefined;
  for (const message of messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1)) {
    if (message.role !== "assistant") continue;
    for (const { id } of message.tool_calls ?? []) {
      const known = memory.get(id);
      if (!known || known.model !== model.id || known.details.length === 0) continue;
      if (isDeepStrictEqual(toJson(message.reasoning_details), toJson(known.details))) continue;
      return providerProblem(reasoningWords(tokenizer, id), tokenizer ?? model.id);
    }
  }
  return undefined;
}

/** Without what JSON can't say, and with prototypes that can be compared. */
const toJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

function reasoningWords(tokenizer: string | undefined, id: string): string {
  if (tokenizer === "Gemini")
    return `Function call ${id} is missing a thought_signature in functionCall parts.`;
  if (tokenizer === "Claude") return "messages.1.content.0: Invalid `signature` in `thinking` block";
  return "The `reasoning_content` in the thinking mode must be passed back to the API.";
}
