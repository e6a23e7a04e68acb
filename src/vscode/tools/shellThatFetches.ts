import { type ExtensionContext, l10n, type TerminalOptions, Uri } from "vscode";
import { handOverEnvironment } from "../../terminal/environmentHandover";
import { defaultShell } from "./defaultShell";

/**
 * The shell of a new terminal, which fetches these variables from this extension: the options contain nothing of them.
 * Only in Node, on the machine where the terminals are.
 * @param note printed where the start-up files of the shell have the last word
 * @param signal ends the wait for the terminal
 */
export async function shellThatFetches(
  environment: Readonly<Record<string, string>>,
  { extensionUri }: Pick<ExtensionContext, "extensionUri">,
  note: string,
  signal: AbortSignal,
): Promise<TerminalOptions> {
  const shell = await defaultShell();
  const launcher = Uri.joinPath(extensionUri, "dist/terminal/launcher.js").fsPath;
  const failure = l10n.t(
    "This terminal didn't get the key. Close it, and run Open Terminal with API Key again.",
  );
  const handover = await handOverEnvironment(environment, shell, launcher, { note, failure }, signal);
  return { ...handover, env: { ...shell.env, ...handover.env } };
}
