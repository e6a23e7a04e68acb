import {
  CancellationError,
  type CancellationToken,
  type LanguageModelChatInformation,
  type LanguageModelChatRequestMessage,
  type LanguageModelResponsePart,
  type Progress,
  type ProvideLanguageModelChatResponseOptions,
} from "vscode";
import type { ChatEnd, ChatPart } from "../../models/chatAnswer";
import { chatBody } from "../../models/chatBody";
import { ChatError } from "../../models/chatError";
import { chatMessages } from "../../models/chatMessages";
import { type ChatCaller, type ChatPayer, notConnected } from "../../models/chatPayer";
import type { ReasoningMemory } from "../../models/reasoningMemory";
import { requestFeatures } from "../../models/requestFeatures";
import { streamChat } from "../../models/streamChat";
import type { TextFeatures } from "../../models/textFeatures";
import type { TokenEstimator } from "../../models/tokenEstimator";
import type { OpenRouterModel } from "../../openrouter/model";
import type { Session } from "../../sessions/session";
import { answerPart } from "./answerPart";
import type { ModelServices } from "./modelServices";
import { readProviderRouting } from "./modelSettings";
import { type UnstableResponseOptions, usagePart } from "./unstableApi";

/** What VS Code passes on of an extension's request to a model. */
export interface ChatRequest {
  readonly model: LanguageModelChatInformation;
  readonly messages: readonly LanguageModelChatRequestMessage[];
  readonly options: ProvideLanguageModelChatResponseOptions & UnstableResponseOptions;
  readonly progress: Progress<LanguageModelResponsePart>;
  readonly token: CancellationToken;
}

/** Lets models answer: from a request of VS Code's to one of OpenRouter's, and back. */
export class ChatAnswers {
  /** The ids of the sessions that pay for the requests under way. */
  readonly #running = new Map<AbortController, string>();

  constructor(
    private readonly payer: ChatPayer,
    private readonly log: ModelServices["log"],
    private readonly memory: ReasoningMemory,
    private readonly estimates: {
      readonly tokens: Pick<TokenEstimator, "learn">;
      /** There is something to keep. */
      readonly learned: () => void;
    },
  ) {}

  /**
   * Resolves when the answer is complete. Rejects with `ChatError`, or with `CancellationError` once it is canceled.
   * @param begin called with the session whose key pays
   */
  async answer(request: ChatRequest, begin: (session: Session) => void): Promise<void> {
    const cancel = new AbortController();
    const subscription = request.token.onCancellationRequested(() => cancel.abort(new CancellationError()));
    if (request.token.isCancellationRequested) cancel.abort(new CancellationError());
    try {
      const { requestInitiator: initiator } = request.options;
      const caller = { initiator, model: request.model.id, signal: cancel.signal };
      const { session, model } = await this.payer.choose(caller);
      begin(session);
      this.#running.set(cancel, session.id);
      await this.#answer(request, session, model, caller);
    } finally {
      this.#running.delete(cancel);
      subscription.dispose();
    }
  }

  /** Ends the requests that a session pays for, since the user removed it. */
  stop(sessionId: string): void {
    for (const [request, id] of this.#running) if (id === sessionId) request.abort(notConnected());
  }

  async #answer(
    request: ChatRequest,
    session: Session,
    model: OpenRouterModel,
    caller: ChatCaller,
  ): Promise<void> {
    const { log } = this;
    const { id } = model;
    const { signal } = caller;
    const messages = chatMessages(request.messages, { model: id, memory: this.memory, log });
    if (messages.length === 0) throw new ChatError("badInput", "No message has any content");
    const body = chatBody(model, messages, request.options, { providerRouting: readProviderRouting() });
    const features = requestFeatures(body);
    const calls: Extract<ChatPart, { kind: "toolCall" }>[] = [];
    let details: Extract<ChatPart, { kind: "reasoningDetails" }>["details"] = [];
    const report = (part: ChatPart) => {
      if (part.kind === "toolCall") calls.push(part);
      if (part.kind === "reasoningDetails") details = part.details;
      const reported = answerPart(part, id);
      if (reported) request.progress.report(reported);
    };
    signal.throwIfAborted();
    let attempts = 0;
    const fetch = async (...[input, init]: Parameters<typeof globalThis.fetch>) => {
      // There was a pause before the second one, in which the user may have had second thoughts.
      if (attempts++ > 0) await this.payer.chooseAgain(session, caller);
      return globalThis.fetch(input, init);
    };
    const options = { fetch, baseUrl: session.baseUrl, key: session.key, signal, log };
    const end = await streamChat(body, options, report);
    // For hosts that don't send thinking back.
    this.memory.remember(id, calls, details);
    this.#end(request, end, features);
    // VS Code has no word for it. Who set a limit expects it.
    if (end.finishReason === "length" && body.max_completion_tokens === undefined)
      throw new ChatError("cutOff", "The answer is longer than the model can write");
  }

  #end(
    { model, progress }: ChatRequest,
    { usage, ...end }: ChatEnd,
    features: TextFeatures | undefined,
  ): void {
    this.log.debug(`${model.id}: ${JSON.stringify({ ...end, ...usage })}`);
    if (!usage) return;
    const { tokens, learned } = this.estimates;
    if (tokens.learn(model.id, features, usage.promptTokens)) learned();
    const part = usagePart(usage.promptTokens, usage.completionTokens, usage.cachedTokens);
    if (part) progress.report(part);
  }
}
