import { env, l10n, window } from "vscode";
import type { CommandLineTool } from "../../tools/commandLineTool";

/** Says how a tool is installed. One that isn't found may still be there, in the terminal's own `PATH`. */
export async function offerToInstall(
  tool: CommandLineTool,
  openTerminal: (tool: CommandLineTool) => Promise<void>,
): Promise<void> {
  const { name, install } = tool;
  const open = l10n.t("Open Terminal");
  const copy = l10n.t("Copy Install Command");
  const message = install
    ? l10n.t("{0} wasn't found on the PATH. To install it, run: {1}", name, install)
    : l10n.t("{0} wasn't found on the PATH. Install it, then try again.", name);
  const chosen = await window.showInformationMessage(message, ...(install ? [copy] : []), open);
  if (chosen === copy && install) await env.clipboard.writeText(install);
  if (chosen === open) await openTerminal(tool);
}
