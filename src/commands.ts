import type { LogOutputChannel } from "vscode";
import { type CommandId, commandIds } from "./commandIds";
import type { LazyBundle } from "./lazyBundle";
import type { Models } from "./models";
import type { Tools } from "./tools";
import type { CreditsMenu } from "./vscode/credits/creditsMenu";
import type { KeyCommands } from "./vscode/keys/keyCommands";
import { reportError } from "./vscode/showError";
import type { SignInUi } from "./vscode/signIn/signInUi";

/** What each command does. Any extension can run one, with any argument. */
export function commandHandlers(
  signInUi: SignInUi,
  keys: KeyCommands,
  credits: CreditsMenu,
  models: LazyBundle<Models>,
  tools: LazyBundle<Tools>,
  log: LogOutputChannel,
): Record<CommandId, (argument: unknown) => unknown> {
  const shown = () => {}; // the sign-in has shown how it ended
  const report = (error: unknown) => reportError(error, log);
  /** With a bundle that may fail to load. */
  const reported = async (run: () => Promise<unknown>) => {
    try {
      await run();
    } catch (error) {
      report(error);
    }
  };
  return {
    [commandIds.connect]: (replaces) =>
      signInUi.connect({ replaces: typeof replaces === "string" ? replaces : undefined }).catch(shown),
    [commandIds.connectWithCode]: () => signInUi.connect({ flow: "codeEntry" }).catch(shown),
    [commandIds.tryAnotherFlow]: (attempt) => signInUi.tryAnotherFlow(attempt),
    [commandIds.disconnect]: () => keys.disconnect().catch(report),
    [commandIds.discardHiddenKeys]: () => keys.discardHiddenKeys().catch(report),
    [commandIds.addApiKey]: () => keys.addApiKey().catch(report),
    [commandIds.copyApiKey]: () => keys.copyApiKey().catch(report),
    [commandIds.showCredits]: () => credits.show().catch(report),
    [commandIds.openTerminal]: (toolId) => reported(() => tools.get().openTerminal(toolId)),
    [commandIds.setUpTool]: () => reported(() => tools.get().setUpTool()),
    [commandIds.chooseModels]: () => reported(() => models.get().chooseModels()),
    [commandIds.manageModelAccess]: () => reported(() => models.get().manageAccess()),
    [commandIds.chatWithModels]: (from) => reported(() => models.get().chat(from)),
    [commandIds.showSpending]: () => reported(() => models.get().showSpending()),
    [commandIds.exportSpending]: () => reported(() => models.get().exportSpending()),
    [commandIds.clearSpendingHistory]: () => reported(() => models.get().clearSpendingHistory()),
    [commandIds.showLog]: () => log.show(),
  };
}
