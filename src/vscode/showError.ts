import { commands, l10n, window } from "vscode";
import { commandIds } from "../commandIds";
import { errorText, type Log } from "../common/log";
import { SecretStorageError } from "../sessions/secretCollection";
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

/**
 * Logs and shows why a command or a button failed; nothing after a cancel.
 * @param again what tries again, if something can
 */
export function reportError(error: unknown, log: Log, again?: () => unknown): void {
  const described = describeError(error);
  if (!described) return;
  log.error(errorText(error));
  // Where the secrets are stale, nothing works before the window is reloaded.
  const isStale = error instanceof SecretStorageError && error.action === "stale";
  void showError(described, ...(again && !isStale ? [{ title: l10n.t("Try Again"), run: again }] : []));
}

const asAction = ({ title, command, arguments: args = [] }: Button): Action => ({
  title,
  run: () => commands.executeCommand(command, ...args),
});
