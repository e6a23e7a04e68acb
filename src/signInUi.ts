import {
  CancellationError,
  commands,
  type LogOutputChannel,
  l10n,
  ProgressLocation,
  type Uri,
  window,
} from "vscode";
import type { ConnectionReport } from "./connectionReport";
import { parseCallback } from "./openrouter/callback";
import type { Session } from "./sessionStore";
import type { Connection, SignIn } from "./signIn/signIn";
import { describeError } from "./userError";

/** How a sign-in looks to the person: its progress, how it ended, and what to do next. */
export class SignInUi {
  constructor(
    private readonly signIn: SignIn,
    private readonly report: Pick<ConnectionReport, "tell">,
    private readonly log: LogOutputChannel,
  ) {}

  /** Connects, telling the person how it ends. Throws what it told, or `CancellationError`. */
  connect(): Promise<Session> {
    return this.#present((signal) => this.signIn.run(signal));
  }

  /** Called by the host with a callback, in whichever window it came to. */
  async handleUri(uri: Uri): Promise<void> {
    const callback = parseCallback(uri);
    if (callback.kind === "foreign") return this.log.warn("Ignored a link that is not a callback");
    try {
      const goOn = await this.signIn.complete(callback);
      if (goOn) await this.#present(goOn).catch(() => {}); // told already
    } catch (error) {
      this.#tell(error);
    }
  }

  async #present(work: (signal: AbortSignal) => Promise<Connection>): Promise<Session> {
    try {
      const connection = await this.#withProgress(work);
      void this.report.tell(connection);
      return connection.session;
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  #withProgress(work: (signal: AbortSignal) => Promise<Connection>): Thenable<Connection> {
    const options = {
      location: ProgressLocation.Notification,
      title: l10n.t("Connecting to OpenRouter: approve in your browser"),
      cancellable: true,
    };
    return window.withProgress(options, async (_, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort(new CancellationError()));
      return work(controller.signal).finally(() => subscription.dispose());
    });
  }

  /** One message with what to do next; nothing after a cancel. It stays while the work goes on, or ends. */
  #tell(error: unknown): void {
    const told = describeError(error);
    if (!told) return;
    this.log.error(error instanceof Error ? error : String(error));
    const tryAgain = l10n.t("Try Again");
    const openSettings = l10n.t("Open Settings");
    const actions = told.setting === undefined ? [tryAgain] : [openSettings, tryAgain];
    void window.showErrorMessage(told.message, ...actions).then((chosen) => {
      if (chosen === tryAgain) return commands.executeCommand("connectOpenRouter.connect");
      if (chosen === openSettings)
        return commands.executeCommand("workbench.action.openSettings", told.setting);
    });
  }
}
