import { commands, l10n, window } from "vscode";
import { commandIds } from "../commandIds";
import { errorText, type Log } from "../common/log";
import { type Button, describeError, type UserFacingError } from "./errorMessages";

/** A button that does something other than running a command. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

/** Shows an error with its buttons, these actions, and a button for the log where that says more. */
export async function showError(
  { message, buttons, isComplete }: UserFacingError,
  ...actions: readonly Action[]
): Promise<void> {
  const log = isComplete ? [] : [{ title: l10n.t("Show Log"), command: commandIds.showLog }];
  const all = [...buttons.map(asAction), ...actions, ...log.map(asAction)];
  await (await window.showErrorMessage(message, ...all))?.run();
}

/** Logs and shows why a command or a button failed; nothing after a cancel. */
export function reportError(error: unknown, log: Log): void {
  const described = describeError(error);
  if (!described) return;
  log.error(errorText(error));
  void showError(described);
}

const asAction = ({ title, command, arguments: args = [] }: Button): Action => ({
  title,
  run: () => commands.executeCommand(command, ...args),
});
