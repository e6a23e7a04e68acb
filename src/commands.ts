import type { LogOutputChannel } from "vscode";
import { type CommandId, commandIds } from "./commandIds";
import type { CreditsMenu } from "./vscode/credits/creditsMenu";
import type { KeyCommands } from "./vscode/keys/keyCommands";
import { reportError } from "./vscode/showError";
import type { SignInUi } from "./vscode/signIn/signInUi";

/** What each command does. */
export function commandHandlers(
  signInUi: SignInUi,
  keys: KeyCommands,
  credits: CreditsMenu,
  log: LogOutputChannel,
): Record<CommandId, () => unknown> {
  const shown = () => {}; // the sign-in has shown how it ended
  const report = (error: unknown) => reportError(error, log);
  return {
    [commandIds.connect]: () => signInUi.connect().catch(shown),
    [commandIds.connectWithCode]: () => signInUi.connect("codeEntry").catch(shown),
    [commandIds.tryAnotherFlow]: () => signInUi.tryAnotherFlow(),
    [commandIds.disconnect]: () => keys.disconnect().catch(report),
    [commandIds.discardHiddenKeys]: () => keys.discardHiddenKeys().catch(report),
    [commandIds.addApiKey]: () => keys.addApiKey().catch(report),
    [commandIds.copyApiKey]: () => keys.copyApiKey().catch(report),
    [commandIds.showCredits]: () => credits.show().catch(report),
    [commandIds.openTerminal]: () => credits.openTerminal().catch(report),
    [commandIds.showLog]: () => log.show(),
  };
}
