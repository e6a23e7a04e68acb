import { CancellationError, commands, l10n, type Uri } from "vscode";
import { commandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import { parseCallback } from "../../openrouter/callback";
import type { Session } from "../../sessions/session";
import { ConnectAttempt } from "../../signIn/connectAttempt";
import type { Connection } from "../../signIn/connection";
import { SignInError } from "../../signIn/errors";
import type { FlowId } from "../../signIn/flows";
import type { SignIn } from "../../signIn/signIn";
import { describeError } from "../errorMessages";
import { parseReconnectLink } from "../reconnectLink";
import { type Action, reportError, showError } from "../showError";
import type { ConnectedNotification } from "./connectedNotification";
import type { CreditLimitQuestion } from "./creditLimitQuestion";
import { flowNames, pickFlow, waitingMessage } from "./flowTexts";
import { showSignInProgress } from "./signInProgress";

/** An attempt of this window that is under way, with the flow that it began with. */
interface Running {
  readonly attempt: ConnectAttempt<Connection>;
  readonly flow: FlowId;
  /** Whether the chat is what the user goes on with. */
  readonly forChat: boolean;
}

interface ConnectOptions {
  /** Which flow comes first. */
  readonly flow?: FlowId;
  /** The session to connect again, by its id. */
  readonly replaces?: string | undefined;
  /** Whether the chat is what the user goes on with. */
  readonly forChat?: boolean;
  /** What wants to connect, and goes on from there: **Try Again** runs it instead of connecting alone. */
  readonly again?: (() => unknown) | undefined;
}

/** A sign-in as the user sees it: its progress, how it ended, and what to do next. */
export class SignInUi {
  /** By number. */
  readonly #running = new Map<number, Running>();
  #attempts = 0;

  constructor(
    private readonly signIn: SignIn,
    private readonly limit: Pick<CreditLimitQuestion, "isNeeded" | "ask">,
    private readonly notification: Pick<ConnectedNotification, "show">,
    private readonly log: Log,
  ) {}

  /** Connects, and shows how that ended. Throws what it showed, or a cancellation. */
  async connect(options: ConnectOptions = {}): Promise<Session> {
    const flow = options.flow ?? (await this.signIn.flows())[0] ?? "codeEntry";
    try {
      await this.#decideLimit();
      const number = ++this.#attempts;
      const progress = showSignInProgress(flow === "codeEntry" ? undefined : waitingMessage(number));
      const result = this.#attempt(number, flow, progress.signal, options);
      progress.settle(result);
      const connection = await result;
      this.#connected(connection, options.forChat);
      return connection.session;
    } catch (error) {
      void this.#showError(error, flow, options);
      throw error;
    }
  }

  /** Ends this window's attempts with a session that was connected otherwise, and has been shown. */
  connected(session: Session): void {
    this.#connected({ session, requestedTerms: {}, isShown: true });
  }

  /** Offers the other flows of an attempt that is under way: the one with this number, or else the latest. */
  async tryAnotherFlow(number: unknown): Promise<void> {
    const current = this.#running.get(Number(number)) ?? [...this.#running.values()].at(-1);
    if (!current) return;
    const others = (await this.signIn.flows()).filter((flow) => flow !== current.flow);
    const picked = await pickFlow(others);
    if (picked) await current.attempt.start(picked);
  }

  /** Called by VS Code with a callback, in whichever window it came to. */
  async handleUri(uri: Uri): Promise<void> {
    const replaces = parseReconnectLink(uri);
    // Such links are in the chat. How it ended was shown.
    if (replaces !== undefined) return void (await this.connect({ replaces, forChat: true }).catch(() => {}));
    const callback = parseCallback(uri);
    if (callback.kind === "foreign") return this.log.warn("Ignored a link that is not a callback");
    try {
      const connection = await this.signIn.complete(callback);
      if (connection) this.#connected(connection);
    } catch (error) {
      await this.#showError(error, "uriCallback");
    }
  }

  /** Asks about the limit of the key, once it's known that a key can be requested and stored. */
  async #decideLimit(): Promise<void> {
    if (!this.limit.isNeeded) return;
    try {
      await this.signIn.prepare();
      if (await this.limit.ask()) return;
    } catch (error) {
      this.log.error(`Can't begin a sign-in: ${errorText(error)}`);
      throw error;
    }
    throw new CancellationError();
  }

  async #attempt(
    number: number,
    flow: FlowId,
    signal: AbortSignal,
    { replaces, forChat = false }: ConnectOptions,
  ): Promise<Connection> {
    const attempt = new ConnectAttempt((id: FlowId, end) => this.signIn.run(id, end, replaces), signal);
    this.#running.set(number, { attempt, flow, forChat });
    void attempt.start(flow);
    return attempt.result.finally(() => this.#running.delete(number));
  }

  /**
   * Shows that, and ends the other attempts with it: their pages may long be closed, and an extension that waits for
   * one keeps all others waiting, since VS Code calls a provider for one at a time.
   */
  #connected(connection: Connection, forChat = false): void {
    const running = [...this.#running.values()];
    for (const { attempt } of running) attempt.adopt({ ...connection, isShown: true });
    const isForChat = forChat || running.some((one) => one.forChat);
    if (connection.isShown) return;
    void this.notification
      .show(connection, { forChat: isForChat })
      .catch((error) => reportError(error, this.log));
  }

  /** One message with what to do next; nothing after a cancel. */
  async #showError(error: unknown, flow: FlowId, options: ConnectOptions = {}): Promise<void> {
    const described = describeError(error);
    if (!described) return;
    const again = options.again ?? (() => commands.executeCommand(commandIds.connect, options.replaces));
    const actions: Action[] = [{ title: l10n.t("Try Again"), run: again }];
    // Another flow helps neither against a denial, nor where a button of the error is what helps.
    const isDenied = error instanceof SignInError && error.failure === "denied";
    if (!isDenied && described.buttons.length === 0) {
      const flows = await this.signIn.flows();
      const next = flows[flows.indexOf(flow) + 1];
      const connect = (id: FlowId) => this.connect({ ...options, flow: id }).then(options.again, () => {}); // it has shown why
      if (next) actions.push({ title: flowNames[next](), run: () => connect(next) });
    }
    await showError(described, ...actions);
  }
}
