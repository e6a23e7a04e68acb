import { CancellationError, l10n, ProgressLocation, window } from "vscode";
import type { ConnectionWait } from "../../signIn/connection";

/**
 * Shows a notification until the sign-in is settled. Canceling it aborts the signal with `CancellationError`.
 * @param message what the user does in the meantime
 */
export function showSignInProgress(message?: string): ConnectionWait {
  const controller = new AbortController();
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t("Connecting to OpenRouter"),
    cancellable: true,
  };
  let settle: ConnectionWait["settle"] = () => {};
  const settled = new Promise<unknown>((resolve) => {
    settle = (connection) => resolve(connection.catch(() => {})); // whoever settles it shows the error
  });
  window.withProgress(options, (progress, token) => {
    if (message) progress.report({ message });
    token.onCancellationRequested(() => controller.abort(new CancellationError()));
    return settled;
  });
  return { signal: controller.signal, settle };
}
