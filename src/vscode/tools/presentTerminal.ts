import { type Disposable, type Terminal, type TerminalOptions, window } from "vscode";

/** Milliseconds that a shell gets to start. */
const timeLimit = 60_000;

/** Milliseconds from the start of VS Code's shell integration to a prompt, where the shell doesn't name its folder. */
const timeToPrompt = 2000;

/**
 * Shows the terminal that will be created with these options, since VS Code itself may show another one when it's that
 * of a profile. Types a command in it once its shell is ready for that; it isn't run: that is up to the user. Without VS
 * Code's shell integration, nobody knows when a shell is ready, and nothing is typed.
 * @param signal ends the wait
 */
export function presentTerminal(
  options: TerminalOptions,
  command: string | undefined,
  signal: AbortSignal,
): void {
  const isOurs = ({ creationOptions }: Terminal) => creationOptions === options;
  let promptTimer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    clearTimeout(promptTimer);
    signal.removeEventListener("abort", end);
    for (const subscription of subscriptions) subscription.dispose();
  };
  const subscriptions: Disposable[] = [
    window.onDidOpenTerminal((terminal) => {
      if (isOurs(terminal)) terminal.show();
    }),
    window.onDidChangeTerminalShellIntegration(({ terminal, shellIntegration }) => {
      if (!isOurs(terminal)) return;
      const type = () => {
        end();
        if (command) terminal.sendText(command, false);
      };
      // A shell names its folder just before its prompt. What is typed earlier, it shows twice.
      if (shellIntegration.cwd) type();
      else promptTimer ??= setTimeout(type, timeToPrompt);
    }),
    window.onDidCloseTerminal((terminal) => {
      if (isOurs(terminal)) end();
    }),
  ];
  const timer = setTimeout(end, timeLimit);
  signal.addEventListener("abort", end);
}
