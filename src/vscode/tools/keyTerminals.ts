import { commands, env, l10n, type TerminalOptions, ThemeIcon, window } from "vscode";
import { commandIds, vscodeCommandIds } from "../../commandIds";
import { maskApiKey } from "../../openrouter/apiKey";
import type { Session } from "../../sessions/session";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { anyTool } from "../../tools/commandLineTools";
import { hasTerminals } from "../hasTerminals";
import { presentTerminal } from "./presentTerminal";
import { shellThatFetches } from "./shellThatFetches";
import { logsTerminalOptions, terminalsAreElsewhere } from "./terminalPlace";
import { askForTerminal } from "./terminalQuestion";
import type { ToolServices } from "./toolServices";
import { toolStart } from "./toolTexts";

type Services = Pick<ToolServices, "activeSession" | "context" | "extensionHost" | "pickModel">;

/** Makes terminals with a key in their environment. */
export class KeyTerminals {
  readonly #closing = new AbortController();

  constructor(
    private readonly services: Services,
    /** Called with a key that a terminal gets. */
    private readonly handedOver: (session: Session, tool: CommandLineTool) => void,
  ) {}

  dispose(): void {
    this.#closing.abort(); // no terminal is waited for anymore
  }

  /** Whether a terminal can get a key here. If not, says what the user can do. */
  async arePossible(): Promise<boolean> {
    if (!hasTerminals()) await offerToCopy();
    else if (terminalsAreElsewhere(this.services) && logsTerminalOptions()) await offerToSetLogLevel();
    else return true;
    return false;
  }

  /** Opens one, if the user says so. */
  async open(session: Session, tool: CommandLineTool): Promise<void> {
    const options = await this.options(session, tool);
    if (options) window.createTerminal(options);
  }

  /**
   * The options of a terminal with the tool's variables, after a confirmation, whoever asks for it: commands can be run
   * by any extension. It isn't restored after a restart, since VS Code would write its options to disk for that.
   */
  async options(session: Session, tool: CommandLineTool): Promise<TerminalOptions | undefined> {
    if (!(await this.arePossible())) return undefined;
    const isExposed = terminalsAreElsewhere(this.services);
    const title = l10n.t("Select a model for {0}", tool.name);
    const model = tool.asksForModel ? await this.services.pickModel(title) : "";
    if (model === undefined) return undefined;
    const { key, baseUrl } = session;
    const environment = tool.environment({ key, baseUrl, model });
    const start = toolStart({ baseUrl, model });
    if (!(await askForTerminal(session, tool, { start, isExposed }))) return undefined;
    // It may have been removed or replaced meanwhile: then the user is asked again, about its successor.
    const current = await this.services.activeSession();
    if (current?.key !== key) return current && this.options(current, tool);
    this.handedOver(session, tool);
    const command = tool.command?.(start);
    const note = [
      l10n.t(
        "If a start-up file of your shell sets {0}, this terminal uses that instead of key {1}.",
        new Intl.ListFormat(env.language, { type: "disjunction" }).format(Object.keys(environment)),
        maskApiKey(session.key),
      ),
      ...(command ? [l10n.t("Start {0} with: {1}", tool.name, command)] : []),
    ].join("\r\n");
    const shell = isExposed
      ? { env: { ...environment }, message: note }
      : await shellThatFetches(environment, this.services.context, note, this.#closing.signal);
    const options: TerminalOptions = {
      name: tool === anyTool ? "OpenRouter" : `${tool.name} (OpenRouter)`,
      iconPath: new ThemeIcon("credit-card"),
      isTransient: true,
      ...shell,
    };
    presentTerminal(options, command, this.#closing.signal);
    return options;
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
