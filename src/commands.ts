import { commands, Disposable, type LogOutputChannel, window } from "vscode";
import type { CreditsMenu } from "./creditsMenu";
import type { KeyCommands } from "./keyCommands";
import type { SignInUi } from "./signInUi";
import { describeError } from "./userError";

/** Registers every command of the manifest, and those behind links in messages. */
export function registerCommands(
  ui: SignInUi,
  keys: KeyCommands,
  credits: CreditsMenu,
  log: LogOutputChannel,
): Disposable {
  const told = () => {}; // a sign-in tells by itself how it ended
  const tell = (error: unknown) => {
    const told = describeError(error);
    if (!told) return;
    if (told.command) return commands.executeCommand(told.command);
    log.error(error instanceof Error ? error : String(error));
    void window.showErrorMessage(told.message);
  };
  const handlers: Record<string, () => unknown> = {
    "connectOpenRouter.connect": () => ui.connect().catch(told),
    "connectOpenRouter.connectWithCode": () => ui.connect("codeEntry").catch(told),
    "connectOpenRouter.anotherWay": () => ui.anotherWay(),
    "connectOpenRouter.disconnect": () => keys.disconnect().catch(tell),
    "connectOpenRouter.addApiKey": () => keys.addApiKey().catch(tell),
    "connectOpenRouter.copyApiKey": () => keys.copyApiKey().catch(tell),
    "connectOpenRouter.showCredits": () => credits.show().catch(tell),
    "connectOpenRouter.openTerminal": () => credits.openTerminal().catch(tell),
    "connectOpenRouter.showLog": () => log.show(),
  };
  return Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => commands.registerCommand(id, handler)),
  );
}
