import { commands, l10n } from "vscode";
import { commandIds, vscodeCommandIds } from "../commandIds";

const walkthrough = "connect-openrouter.connect-openrouter#gettingStarted";

/** The button for what comes next, once there is a key. */
export const whatNext = () => l10n.t("What Next?");

/** Shows what a key is good for: the walkthrough, or, in an editor without walkthroughs, the tools. */
export async function showWhatNext(): Promise<void> {
  const existing = await commands.getCommands(true);
  if (existing.includes(vscodeCommandIds.openWalkthrough))
    await commands.executeCommand(vscodeCommandIds.openWalkthrough, { category: walkthrough, step: "chat" });
  else await commands.executeCommand(commandIds.setUpTool);
}
