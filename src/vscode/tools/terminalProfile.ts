import { commands, type TerminalProfile } from "vscode";
import { commandIds } from "../../commandIds";
import type { Log } from "../../common/log";
import { reportError } from "../showError";

/**
 * The profile that VS Code asks for. Where there is none, shows why, unless the user canceled. VS Code shows an error for
 * no profile, and the message of an error as it is: so rejects with one that says nothing, which it doesn't show.
 */
export async function terminalProfile(
  make: () => Promise<TerminalProfile | undefined>,
  log: Log,
): Promise<TerminalProfile> {
  try {
    const profile = await make();
    if (profile) return profile;
  } catch (error) {
    reportError(error, log, () => commands.executeCommand(commandIds.openTerminal));
  }
  throw new Error("");
}
