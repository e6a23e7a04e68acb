import { commands, l10n, window } from "vscode";
import { errorText, type Log } from "../common/log";
import { describeError, type UserError } from "./errorMessages";

/** A button of a message. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

const command = (title: string, id: string, ...rest: unknown[]): Action => ({
  title,
  run: () => commands.executeCommand(id, ...rest),
});

/** Shows an error with what can be done about it: the setting that it is about, these actions, the log. */
export async function showError(error: UserError, ...actions: Action[]): Promise<void> {
  if (error.command) return commands.executeCommand(error.command);
  if (error.setting !== undefined) {
    actions.unshift(command(l10n.t("Open Settings"), "workbench.action.openSettings", error.setting));
  }
  if (!error.isPlain) actions.push(command(l10n.t("Show Log"), "connectOpenRouter.showLog"));
  await (await window.showErrorMessage(error.message, ...actions))?.run();
}

/** For the end of a command, or of what a button does: logs why it failed, and tells it; nothing after a cancel. */
export function reportError(error: unknown, log: Log): void {
  const told = describeError(error);
  if (!told) return;
  log.error(errorText(error));
  void showError(told);
}
