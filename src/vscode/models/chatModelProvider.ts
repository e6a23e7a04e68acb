import {
  CancellationError,
  type CancellationToken,
  type LanguageModelChatInformation,
  type LanguageModelChatProvider,
  type LanguageModelChatRequestMessage,
  type LanguageModelResponsePart,
  type PrepareLanguageModelChatModelOptions,
  type Progress,
  type ProvideLanguageModelChatResponseOptions,
} from "vscode";
import { errorText } from "../../common/log";
import { ChatError } from "../../models/chatError";
import { isVscode } from "../../models/modelAccess";
import type { TokenEstimator } from "../../models/tokenEstimator";
import type { Session } from "../../sessions/session";
import type { ChatRequest } from "./answerRequest";
import type { ChatAnswers } from "./chatAnswers";
import { chatErrorContext } from "./chatErrorContext";
import { chatErrorForCaller } from "./chatErrorForCaller";
import { chatErrorMessage } from "./chatErrorMessage";
import type { ModelServices } from "./modelServices";
import { readOfferModels } from "./modelSettings";
import type { OfferedModels } from "./offeredModels";
import type { UnstableResponseOptions } from "./unstableApi";

/** Milliseconds in which VS Code passes on what was reported: it collects parts for 30, and an error overtakes them. */
const passingTime = 100;

/** OpenRouter's models as VS Code asks for them (VS Code docs, "Language Model Chat Provider API"). */
export class ChatModelProvider implements LanguageModelChatProvider {
  constructor(
    private readonly services: Pick<
      ModelServices,
      "activeSession" | "connect" | "keyRefused" | "log" | "message" | "termsOf"
    >,
    private readonly offered: Pick<OfferedModels, "get">,
    private readonly answers: ChatAnswers,
    private readonly tokens: Pick<TokenEstimator, "count">,
  ) {}

  /** With `silent: false`, the user is asked to connect. Rejects where there is no list then, and says why. */
  async provideLanguageModelChatInformation({
    silent,
  }: PrepareLanguageModelChatModelOptions): Promise<LanguageModelChatInformation[]> {
    if (!readOfferModels()) return [];
    try {
      const connects = silent || (await this.services.activeSession()) || (await this.services.connect());
      return connects ? await this.offered.get({ silent }) : [];
    } catch (error) {
      this.services.log.warn(`No models: ${errorText(error)}`);
      const message = this.services.message(error);
      if (silent || message === undefined) return []; // nothing after a cancel
      throw new Error(message);
    }
  }

  async provideLanguageModelChatResponse(
    model: LanguageModelChatInformation,
    messages: readonly LanguageModelChatRequestMessage[],
    options: ProvideLanguageModelChatResponseOptions & UnstableResponseOptions,
    progress: Progress<LanguageModelResponsePart>,
    token: CancellationToken,
  ): Promise<void> {
    let session: Session | undefined;
    let reportedAt = Number.NEGATIVE_INFINITY;
    const report = (part: LanguageModelResponsePart) => {
      reportedAt = performance.now();
      progress.report(part);
    };
    const request = { model, messages, options, progress: { report }, token };
    const began = performance.now();
    try {
      await this.answers.answer(request, (paying) => {
        session = paying;
      });
    } catch (error) {
      if (token.isCancellationRequested) throw new CancellationError();
      const wait = reportedAt + passingTime - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      throw await this.#failed(error, request, session);
    } finally {
      const time = Math.round(performance.now() - began);
      this.services.log.info(
        `${model.id} for ${options.requestInitiator ?? "an unknown extension"}: ${time} ms`,
      );
    }
  }

  provideTokenCount(
    model: LanguageModelChatInformation,
    text: string | LanguageModelChatRequestMessage,
  ): Promise<number> {
    return Promise.resolve(this.tokens.count(model.id, text));
  }

  /** The error for who asked. */
  async #failed(error: unknown, { model, options }: ChatRequest, session: Session | undefined) {
    this.services.log.error(`${model.id}: ${errorText(error)}`);
    const known = error instanceof ChatError ? error : new ChatError("unexpected", "A bug", { cause: error });
    if (known.failure === "keyRefused" && session) this.services.keyRefused(session);
    const context = await chatErrorContext(model, options.requestInitiator, session, this.services);
    return chatErrorForCaller(
      known,
      chatErrorMessage(known, context),
      isVscode(options.requestInitiator ?? ""),
    );
  }
}
