import { CancellationError } from "vscode";
import { notConnected } from "../../models/chatPayer";
import type { Session } from "../../sessions/session";
import { spendingExtension } from "../../spending/spending";
import { type AnswerServices, answerRequest, type ChatRequest } from "./answerRequest";

/** Lets models answer, and knows whose keys pay for it. */
export class ChatAnswers {
  /** The ids of the sessions that pay for the requests under way. */
  readonly #running = new Map<AbortController, string>();

  constructor(
    private readonly services: AnswerServices & {
      /** Called with the extension that got an answer, by its id in the ledger. */
      readonly answered: (extension: string) => void;
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
      const payment = await this.services.payer.choose(caller);
      begin(payment.session);
      this.#running.set(cancel, payment.session.id);
      await answerRequest(request, payment, caller, this.services);
      this.services.answered(spendingExtension(initiator));
    } finally {
      this.#running.delete(cancel);
      subscription.dispose();
    }
  }

  /** Ends the requests that a session pays for, since the user removed it. */
  stop(sessionId: string): void {
    for (const [request, id] of this.#running) if (id === sessionId) request.abort(notConnected());
  }
}
