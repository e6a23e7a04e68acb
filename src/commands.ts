import { type LogOutputChannel, commands as vscodeCommands } from "vscode";
import { type CommandId, commandIds } from "./commandIds";
import type { LazyBundle } from "./lazyBundle";
import type { Models } from "./models";
import type { Tools } from "./tools";
import type { CreditsMenu } from "./vscode/credits/creditsMenu";
import type { KeyCommands } from "./vscode/keys/keyCommands";
import { reportError } from "./vscode/showError";
import type { SignInUi } from "./vscode/signIn/signInUi";

/**
 * Runs a command. Any extension can do that, with any argument: so it returns nothing, least of all a session. Shows why
 * it failed, and runs it again if the user wants that.
 */
export function commandRunner(
  signInUi: SignInUi,
  keys: KeyCommands,
  credits: CreditsMenu,
  models: LazyBundle<Models>,
  tools: LazyBundle<Tools>,
  log: LogOutputChannel,
): (id: CommandId, argument?: unknown) => Promise<void> {
  const shown = () => {}; // the sign-in has shown how it ended
  const commands: Record<CommandId, (argument: unknown) => unknown> = {
    [commandIds.connect]: (replaces) =>
      signInUi.connect({ replaces: typeof replaces === "string" ? replaces : undefined }).catch(shown),
    [commandIds.connectWithCode]: () => signInUi.connect({ flow: "codeEntry" }).catch(shown),
    [commandIds.tryAnotherFlow]: (attempt) => signInUi.tryAnotherFlow(attempt),
    [commandIds.disconnect]: () => keys.disconnect(),
    [commandIds.discardHiddenKeys]: () => keys.discardHiddenKeys(),
    [commandIds.addApiKey]: () => keys.addApiKey(),
    [commandIds.copyApiKey]: () => keys.copyApiKey(),
    [commandIds.showCredits]: () => credits.show(),
    [commandIds.openKeyPage]: () => credits.openKeyPage(),
    [commandIds.openTerminal]: (toolId) => tools.get().openTerminal(toolId),
    [commandIds.setUpTool]: () => tools.get().setUpTool(),
    [commandIds.chooseModels]: () => models.get().chooseModels(),
    [commandIds.manageModelAccess]: () => models.get().manageAccess(),
    [commandIds.chatWithModels]: (from) => models.get().chat(from),
    [commandIds.showSpending]: () => models.get().showSpending(),
    [commandIds.exportSpending]: () => models.get().exportSpending(),
    [commandIds.clearSpendingHistory]: () => models.get().clearSpendingHistory(),
    [commandIds.showLog]: () => log.show(),
  };
  return async (id, argument) => {
    try {
      await commands[id](argument);
    } catch (error) {
      reportError(error, log, () => vscodeCommands.executeCommand(id, argument));
    }
  };
}
