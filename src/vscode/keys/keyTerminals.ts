import {
  commands,
  type ExtensionContext,
  ExtensionKind,
  env,
  LogLevel,
  l10n,
  type TerminalOptions,
  ThemeIcon,
  UIKind,
  Uri,
  window,
} from "vscode";
import { commandIds, vscodeCommandIds } from "../../commandIds";
import { maskApiKey } from "../../openrouter/apiKey";
import type { Session } from "../../sessions/session";
import { handOverEnvironment } from "../../terminal/environmentHandover";
import { keyEnvironment } from "../../terminal/keyEnvironment";
import { confirm } from "../confirm";
import { deliberate } from "../deliberate";
import { defaultShell } from "./defaultShell";
import { keyName } from "./keyName";

/** Whether VS Code has terminals here: a browser without a remote has no machine to run them. */
export const hasTerminals = () => env.uiKind === UIKind.Desktop || env.remoteName !== undefined;

/** Opens terminals with a key in their environment. */
export class KeyTerminals {
  readonly #disposed = new AbortController();

  constructor(
    private readonly context: Pick<ExtensionContext, "extension" | "extensionUri">,
    private readonly extensionHost: "node" | "webWorker",
  ) {}

  dispose(): void {
    this.#disposed.abort(); // no terminal is waited for anymore
  }

  /**
   * Opens one after a confirmation, whoever asks for it: commands can be run by any extension. It isn't restored after
   * a restart, since VS Code would write its options to disk for that.
   */
  async open(session: Session): Promise<void> {
    if (!hasTerminals()) return offerToCopy();
    // The launcher reaches only the machine that the extension runs on.
    const isExposed =
      this.extensionHost === "webWorker" ||
      (env.remoteName !== undefined && this.context.extension.extensionKind === ExtensionKind.UI);
    if (isExposed && (env.logLevel === LogLevel.Trace || env.logLevel === LogLevel.Debug)) {
      return offerToSetLogLevel();
    }
    const question = l10n.t("Open a terminal with API key {0}?", keyName(session));
    const detail = isExposed
      ? l10n.t(
          "Everything that runs in the terminal can read the key and spend its credits. In this window, so can every installed extension, because VS Code shows it to them.",
        )
      : l10n.t(
          "Everything that runs in the terminal can read the key and spend its credits, including commands that an extension runs there.",
        );
    const isConfirmed = await deliberate(() => confirm(question, detail, l10n.t("Open Terminal")));
    if (!isConfirmed) return;
    const environment = keyEnvironment(session);
    const note = l10n.t(
      "If a start-up file of your shell sets OPENROUTER_API_KEY, this terminal uses that key instead of {0}.",
      maskApiKey(session.key),
    );
    const options = isExposed
      ? { env: environment, message: note }
      : await this.#handOver(environment, {
          note,
          failure: l10n.t(
            "This terminal didn't get the key. Close it, and run Open Terminal with API Key again.",
          ),
        });
    window
      .createTerminal({
        name: "OpenRouter",
        iconPath: new ThemeIcon("credit-card"),
        isTransient: true,
        ...options,
      })
      .show();
  }

  async #handOver(
    environment: ReturnType<typeof keyEnvironment>,
    texts: Parameters<typeof handOverEnvironment>[3],
  ): Promise<TerminalOptions> {
    const shell = await defaultShell();
    const launcher = Uri.joinPath(this.context.extensionUri, "dist/terminal/launcher.js").fsPath;
    const { signal } = this.#disposed;
    const handover = await handOverEnvironment(environment, shell, launcher, texts, signal);
    return { ...handover, env: { ...shell.env, ...handover.env } };
  }
}

async function offerToCopy(): Promise<void> {
  const copy = l10n.t("Copy API Key");
  const message = l10n.t("VS Code has no terminals in this window. To use the key elsewhere, copy it.");
  if (await window.showInformationMessage(message, copy)) {
    await commands.executeCommand(commandIds.copyApiKey);
  }
}

async function offerToSetLogLevel(): Promise<void> {
  const change = l10n.t("Set Log Level");
  const message = l10n.t(
    "At log level Debug or Trace, VS Code would log your key. Set the log level to Info, then try again.",
  );
  if (await window.showWarningMessage(message, change)) {
    await commands.executeCommand(vscodeCommandIds.setLogLevel);
  }
}
