import type { LogOutputChannel } from "vscode";
import type { CommandId } from "./commandIds";
import type { CreditsMenu } from "./vscode/credits/creditsMenu";
import type { KeyCommands } from "./vscode/keys/keyCommands";
import { reportError } from "./vscode/showError";
import type { SignInUi } from "./vscode/signIn/signInUi";

/** What each command does. */
export function commandHandlers(
  ui: SignInUi,
  keys: KeyCommands,
  credits: CreditsMenu,
  log: LogOutputChannel,
): Record<CommandId, () => unknown> {
  const told = () => {}; // a sign-in tells by itself how it ended
  const tell = (error: unknown) => reportError(error, log);
  return {
    "connectOpenRouter.connect": () => ui.connect().catch(told),
    "connectOpenRouter.connectWithCode": () => ui.connect("codeEntry").catch(told),
    "connectOpenRouter.tryAnotherFlow": () => ui.tryAnotherFlow(),
    "connectOpenRouter.disconnect": () => keys.disconnect().catch(tell),
    "connectOpenRouter.addApiKey": () => keys.addApiKey().catch(tell),
    "connectOpenRouter.copyApiKey": () => keys.copyApiKey().catch(tell),
    "connectOpenRouter.showCredits": () => credits.show().catch(tell),
    "connectOpenRouter.openTerminal": () => credits.openTerminal().catch(tell),
    "connectOpenRouter.showLog": () => log.show(),
  };
}
