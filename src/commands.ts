import { commands, Disposable, type LogOutputChannel } from "vscode";
import type { CreditsMenu } from "./creditsMenu";
import type { SignInUi } from "./signInUi";

/** Registers every command of the manifest. */
export function registerCommands(ui: SignInUi, credits: CreditsMenu, log: LogOutputChannel): Disposable {
  const handlers: Record<string, () => unknown> = {
    "connectOpenRouter.connect": () => ui.connect().catch(() => {}), // the person was told
    "connectOpenRouter.showCredits": () => credits.show(),
    "connectOpenRouter.openTerminal": () => credits.openTerminal(),
    "connectOpenRouter.showLog": () => log.show(),
  };
  return Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => commands.registerCommand(id, handler)),
  );
}
