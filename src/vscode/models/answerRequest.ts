import type {
  CancellationToken,
  LanguageModelChatInformation,
  LanguageModelChatRequestMessage,
  LanguageModelResponsePart,
  Progress,
  ProvideLanguageModelChatResponseOptions,
} from "vscode";
import { errorText } from "../../common/log";
import type { ChatPart } from "../../models/chatAnswer";
import { chatBody } from "../../models/chatBody";
import { ChatCost, type ChatSpendings } from "../../models/chatCost";
import { ChatError, type ChatFailure } from "../../models/chatError";
import { chatMessages } from "../../models/chatMessages";
import type { ChatCaller, ChatPayer, ChatPayment } from "../../models/chatPayer";
import type { ReasoningMemory } from "../../models/reasoningMemory";
import { requestFeatures } from "../../models/requestFeatures";
import { streamChat } from "../../models/streamChat";
import type { TextFeatures } from "../../models/textFeatures";
import type { TokenEstimator } from "../../models/tokenEstimator";
import type { OpenRouterModel } from "../../openrouter/model";
import { fromUsd } from "../../spending/amounts";
import { answerPart } from "./answerPart";
import type { ModelServices } from "./modelServices";
import { readProviderRouting } from "./modelSettings";
import type { UnstableResponseOptions } from "./unstableApi";

/** What VS Code passes on of an extension's request to a model. */
export interface ChatRequest {
  readonly model: LanguageModelChatInformation;
  readonly messages: readonly LanguageModelChatRequestMessage[];
  readonly options: ProvideLanguageModelChatResponseOptions & UnstableResponseOptions;
  readonly progress: Progress<LanguageModelResponsePart>;
  readonly token: CancellationToken;
}

/** What answering needs. */
export interface AnswerServices {
  readonly payer: ChatPayer;
  /** The model with this id, if it's known. Rejects where that can't be said. */
  readonly find: (id: string) => Promise<OpenRouterModel | undefined>;
  readonly log: ModelServices["log"];
  readonly memory: ReasoningMemory;
  readonly tokens: Pick<TokenEstimator, "count" | "learn" | "tokens">;
  /** The estimator has learned something, which is to be kept. */
  readonly learned: () => void;
  readonly spendings: ChatSpendings;
}

/**
 * Lets a model answer: from a request of VS Code's to one of OpenRouter's, and back. Resolves when the answer is
 * complete. Rejects with `ChatError`, or the signal's reason.
 */
export async function answerRequest(
  request: ChatRequest,
  { session, model }: ChatPayment,
  caller: ChatCaller,
  services: AnswerServices,
): Promise<void> {
  const { payer, find, log, memory, tokens, learned, spendings } = services;
  const { id } = model;
  const { signal } = caller;
  const messages = chatMessages(request.messages, { model: id, memory, log });
  if (messages.length === 0) throw new ChatError("badInput", "No message has any content");
  const body = chatBody(model, messages, request.options, { providerRouting: readProviderRouting() });
  const features = requestFeatures(body);
  const cost = costOf(request, model, features, services);
  const calls: Extract<ChatPart, { kind: "toolCall" }>[] = [];
  let details: Extract<ChatPart, { kind: "reasoningDetails" }>["details"] = [];
  const setPrices = async (answering: string) => {
    try {
      cost.answeredBy((await find(answering)) ?? {});
    } catch (error) {
      log.warn(`The prices of the model that answers aren't known: ${errorText(error)}`);
    }
  };
  const report = (part: ChatPart) => {
    cost.add(part);
    if (part.kind === "model") void setPrices(part.model);
    if (part.kind === "toolCall") calls.push(part);
    if (part.kind === "reasoningDetails") details = part.details;
    if (part.kind === "usage" && tokens.learn(id, features, part.usage.promptTokens)) learned();
    const reported = answerPart(part, id);
    if (reported) request.progress.report(reported);
  };
  signal.throwIfAborted();
  let attempts = 0;
  const fetch = async (...[input, init]: Parameters<typeof globalThis.fetch>) => {
    // There was a pause before the second one, in which the user may have had second thoughts.
    if (attempts++ > 0) await payer.chooseAgain(session, caller, fromUsd(cost.spending.cost));
    cost.progress = "sent";
    const response = await globalThis.fetch(input, init);
    cost.progress = response.ok ? "accepted" : "refused";
    return response;
  };
  const options = { fetch, baseUrl: session.baseUrl, key: session.key, signal, log };
  const continuesTurn = messages.at(-1)?.role === "tool";
  const spender = { initiator: caller.initiator, model: id, session, continuesTurn };
  const ended = spendings.begin(spender, () => cost.spending);
  let isOpen = false;
  try {
    const end = await streamChat(body, options, report);
    log.debug(`${id}: ${JSON.stringify({ ...end, ...cost.spending })}`);
    // For hosts that don't send thinking back.
    memory.remember(id, calls, details);
    // VS Code has no word for it. Who set a limit expects it.
    if (end.finishReason === "length" && body.max_completion_tokens === undefined)
      throw new ChatError("cutOff", "The answer is longer than the model can write");
  } catch (error) {
    isOpen = signal.aborted || (error instanceof ChatError && isUntold(error.failure));
    throw error;
  } finally {
    ended(cost.end(isOpen));
  }
}

function costOf(
  { messages }: ChatRequest,
  model: OpenRouterModel,
  features: TextFeatures | undefined,
  { tokens }: AnswerServices,
): ChatCost {
  const promptTokens = features
    ? tokens.tokens(model.id, features)
    : messages.reduce((total, message) => total + tokens.count(model.id, message), 0);
  return new ChatCost(model, promptTokens, (said) => tokens.tokens(model.id, said));
}

/** Whether OpenRouter couldn't say how it ended: we gave up waiting, or the connection broke. */
const isUntold = (failure: ChatFailure) =>
  failure === "timeout" || failure === "stalled" || failure === "interrupted";
