import { ExtensionKind, env, LogLevel } from "vscode";
import type { ToolServices } from "./toolServices";

/**
 * Whether VS Code's terminals run where this extension can't reach them: then only VS Code can hand them a key, which
 * shows the options of a terminal to every extension, and this extension doesn't see what is installed there.
 */
export const terminalsAreElsewhere = ({
  context,
  extensionHost,
}: Pick<ToolServices, "context" | "extensionHost">) =>
  extensionHost === "webWorker" ||
  (env.remoteName !== undefined && context.extension.extensionKind === ExtensionKind.UI);

/** Whether VS Code logs the options of terminals. */
export const logsTerminalOptions = () => env.logLevel === LogLevel.Trace || env.logLevel === LogLevel.Debug;
