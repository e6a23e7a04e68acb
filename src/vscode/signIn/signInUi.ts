import { CancellationError, commands, l10n, ProgressLocation, type Uri, window } from "vscode";
import { errorText, type Log } from "../../common/log";
import { parseCallback } from "../../openrouter/callback";
import type { Session } from "../../sessions/session";
import { ConnectAttempt } from "../../signIn/connectAttempt";
import { SignInError } from "../../signIn/errors";
import type { FlowId } from "../../signIn/flows";
import type { Connection, SignIn } from "../../signIn/signIn";
import { describeError } from "../errorMessages";
import { type Action, showError } from "../showError";
import type { ConnectedNotification } from "./connectedNotification";

/** How a flow is called, on a button and in a list. */
const flowNames: Record<FlowId, () => string> = {
  uriCallback: () => l10n.t("Come Back by a Link"),
  loopback: () => l10n.t("Come Back by a Local Server"),
  codeEntry: () => l10n.t("Connect with a Code"),
};

/** How a sign-in looks to the person: its progress, how it ended, and what to do next. */
export class SignInUi {
  /** The attempt of this window for which another way was last asked. */
  #current: { attempt: ConnectAttempt<Connection>; flow: FlowId } | undefined;

  constructor(
    private readonly signIn: SignIn,
    private readonly report: Pick<ConnectedNotification, "show">,
    private readonly log: Log,
  ) {}

  /** Connects, telling the person how it ends. Throws what it told, or a cancellation. */
  async connect(flow?: FlowId): Promise<Session> {
    const first = flow ?? (await this.signIn.flows())[0] ?? "codeEntry";
    return this.#present(first, (signal) => {
      const attempt = new ConnectAttempt((way, end) => this.signIn.run(way, end), signal);
      void attempt.start(first);
      this.#current = { attempt, flow: first };
      return attempt.result.finally(() => {
        if (this.#current?.attempt === attempt) this.#current = undefined;
      });
    });
  }

  /** Offers the other ways to connect, while one is being followed. */
  async tryAnotherFlow(): Promise<void> {
    const current = this.#current;
    if (!current) return;
    const others = (await this.signIn.flows()).filter((flow) => flow !== current.flow);
    const picked = await window.showQuickPick(
      others.map((flow) => ({ label: flowNames[flow](), flow })),
      {
        title: l10n.t("Connect another way"),
        placeHolder: l10n.t("The browser may still come back meanwhile"),
      },
    );
    if (picked) await current.attempt.start(picked.flow);
  }

  /** Called by the host with a callback, in whichever window it came to. */
  async handleUri(uri: Uri): Promise<void> {
    const callback = parseCallback(uri);
    if (callback.kind === "foreign") return this.log.warn("Ignored a link that is not a callback");
    try {
      const goOn = await this.signIn.complete(callback);
      if (goOn) await this.#present("uriCallback", goOn, false).catch(() => {}); // told already
    } catch (error) {
      this.log.warn(`A callback (${callback.kind}) was of no use: ${errorText(error)}`);
      await this.#tell(error, "uriCallback");
    }
  }

  async #present(
    flow: FlowId,
    work: (signal: AbortSignal) => Promise<Connection>,
    waitsForBrowser = flow !== "codeEntry",
  ): Promise<Session> {
    try {
      const connection = await this.#withProgress(waitsForBrowser, work);
      void this.report.show(connection);
      return connection.session;
    } catch (error) {
      void this.#tell(error, flow);
      throw error;
    }
  }

  #withProgress(
    waitsForBrowser: boolean,
    work: (signal: AbortSignal) => Promise<Connection>,
  ): Thenable<Connection> {
    const options = {
      location: ProgressLocation.Notification,
      title: l10n.t("Connecting to OpenRouter"),
      cancellable: true,
    };
    return window.withProgress(options, async (progress, token) => {
      if (waitsForBrowser) {
        progress.report({
          message: l10n.t(
            "approve in your browser. [Having trouble?](command:connectOpenRouter.tryAnotherFlow)",
          ),
        });
      }
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort(new CancellationError()));
      return work(controller.signal).finally(() => subscription.dispose());
    });
  }

  /** One message with what to do next; nothing after a cancel. */
  async #tell(error: unknown, flow: FlowId): Promise<void> {
    const told = describeError(error);
    if (!told) return;
    const actions: Action[] = [
      { title: l10n.t("Try Again"), run: () => commands.executeCommand("connectOpenRouter.connect") },
    ];
    if (told.setting === undefined && !(error instanceof SignInError && error.failure === "denied")) {
      const flows = await this.signIn.flows();
      const next = flows[flows.indexOf(flow) + 1];
      if (next) actions.push({ title: flowNames[next](), run: () => this.connect(next).catch(() => {}) });
    }
    await showError(told, ...actions);
  }
}
