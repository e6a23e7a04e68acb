import { CancellationError, l10n, ProgressLocation, window } from "vscode";

/**
 * Shows a notification while a sign-in goes on. Cancelling it aborts the signal with `CancellationError`.
 * @param message what the user does meanwhile
 */
export const withSignInProgress = <T>(
  work: (signal: AbortSignal) => Promise<T>,
  message?: string,
): Thenable<T> =>
  window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Connecting to OpenRouter"),
      cancellable: true,
    },
    async (progress, token) => {
      if (message) progress.report({ message });
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort(new CancellationError()));
      return work(controller.signal).finally(() => subscription.dispose());
    },
  );
