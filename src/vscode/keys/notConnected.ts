import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";

/** For a command that needs a key where there is none: says so, and offers to connect. */
export async function showNotConnected(): Promise<void> {
  const connect = l10n.t("Connect OpenRouter");
  const chosen = await window.showInformationMessage(l10n.t("You're not connected to OpenRouter."), connect);
  if (chosen) await commands.executeCommand(commandIds.connect);
}
