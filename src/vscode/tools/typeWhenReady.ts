import { type Disposable, type Terminal, type TerminalOptions, window } from "vscode";

/** Milliseconds that a shell gets to start. */
const timeLimit = 60_000;

/**
 * Types a command in the terminal that will be created with these options, once its shell is ready for it. It isn't run:
 * that is up to the user. Without VS Code's shell integration, nobody knows when that is, and nothing is typed.
 * @param signal ends the wait
 */
export function typeWhenReady(options: TerminalOptions, command: string, signal: AbortSignal): void {
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    for (const subscription of subscriptions) subscription.dispose();
  };
  const isOurs = ({ creationOptions }: Terminal) => creationOptions === options;
  const subscriptions: Disposable[] = [
    window.onDidChangeTerminalShellIntegration(({ terminal }) => {
      if (!isOurs(terminal)) return;
      end();
      terminal.sendText(command, false);
    }),
    window.onDidCloseTerminal((terminal) => {
      if (isOurs(terminal)) end();
    }),
  ];
  const timer = setTimeout(end, timeLimit);
  signal.addEventListener("abort", end);
}
