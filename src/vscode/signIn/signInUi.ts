import { commands, l10n, type Uri, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { Log } from "../../common/log";
import { parseCallback } from "../../openrouter/callback";
import type { Session } from "../../sessions/session";
import { ConnectAttempt } from "../../signIn/connectAttempt";
import type { Connection } from "../../signIn/connection";
import { SignInError } from "../../signIn/errors";
import type { FlowId } from "../../signIn/flows";
import type { SignIn } from "../../signIn/signIn";
import { describeError } from "../errorMessages";
import { type Action, showError } from "../showError";
import type { ConnectedNotification } from "./connectedNotification";
import { showSignInProgress } from "./signInProgress";

/** A flow's name, on a button and in a list. */
const flowNames: Record<FlowId, () => string> = {
  uriCallback: () => l10n.t("Sign In via Editor Link"),
  loopback: () => l10n.t("Sign In via Local Server"),
  codeEntry: () => l10n.t("Connect with a Code"),
};

/** A sign-in as the user sees it: its progress, how it ended, and what to do next. */
export class SignInUi {
  /** This window's latest attempt, with the flow that it began with. */
  #current: { attempt: ConnectAttempt<Connection>; flow: FlowId } | undefined;

  constructor(
    private readonly signIn: SignIn,
    private readonly notification: Pick<ConnectedNotification, "show">,
    private readonly log: Log,
  ) {}

  /** Connects, and shows how that ended. Throws what it showed, or a cancellation. */
  async connect(flow?: FlowId): Promise<Session> {
    const first = flow ?? (await this.signIn.flows())[0] ?? "codeEntry";
    try {
      const progress = showSignInProgress(first === "codeEntry" ? undefined : waitingMessage());
      const attempt = this.#attempt(first, progress.signal);
      progress.settle(attempt);
      const connection = await attempt;
      void this.notification.show(connection);
      return connection.session;
    } catch (error) {
      void this.#showError(error, first);
      throw error;
    }
  }

  /** Offers the other flows, while one is under way. */
  async tryAnotherFlow(): Promise<void> {
    const current = this.#current;
    if (!current) return;
    const others = (await this.signIn.flows()).filter((flow) => flow !== current.flow);
    const picked = await window.showQuickPick(
      others.map((flow) => ({ label: flowNames[flow](), flow })),
      {
        title: l10n.t("Try Another Way to Connect"),
        placeHolder: l10n.t("You can still finish in the browser"),
      },
    );
    if (picked) await current.attempt.start(picked.flow);
  }

  /** Called by VS Code with a callback, in whichever window it came to. */
  async handleUri(uri: Uri): Promise<void> {
    const callback = parseCallback(uri);
    if (callback.kind === "foreign") return this.log.warn("Ignored a link that is not a callback");
    try {
      const connection = await this.signIn.complete(callback);
      if (connection) void this.notification.show(connection);
    } catch (error) {
      await this.#showError(error, "uriCallback");
    }
  }

  #attempt(flow: FlowId, signal: AbortSignal): Promise<Connection> {
    const attempt = new ConnectAttempt((id, end) => this.signIn.run(id, end), signal);
    void attempt.start(flow);
    this.#current = { attempt, flow };
    return attempt.result.finally(() => {
      if (this.#current?.attempt === attempt) this.#current = undefined;
    });
  }

  /** One message with what to do next; nothing after a cancel. */
  async #showError(error: unknown, flow: FlowId): Promise<void> {
    const described = describeError(error);
    if (!described) return;
    const actions: Action[] = [
      { title: l10n.t("Try Again"), run: () => commands.executeCommand(commandIds.connect) },
    ];
    // Another flow helps neither against a denial, nor where a button of the error is what helps.
    const isDenied = error instanceof SignInError && error.failure === "denied";
    if (!isDenied && described.buttons.length === 0) {
      const flows = await this.signIn.flows();
      const next = flows[flows.indexOf(flow) + 1];
      if (next) actions.push({ title: flowNames[next](), run: () => this.connect(next).catch(() => {}) });
    }
    await showError(described, ...actions);
  }
}

const waitingMessage = () =>
  l10n.t("authorize in your browser. [Having trouble?](command:{0})", commandIds.tryAnotherFlow);
