import { TerminalProfile, window } from "vscode";
import { BackgroundKeys } from "./tools/backgroundKeys";
import type { CommandLineTool } from "./tools/commandLineTool";
import { anyTool, commandLineTools } from "./tools/commandLineTools";
import { askForCreditLimit } from "./vscode/creditLimitPick";
import { showBackgroundKeys } from "./vscode/tools/backgroundNotification";
import { offerToInstall } from "./vscode/tools/installOffer";
import { KeyTerminals } from "./vscode/tools/keyTerminals";
import { pickTool } from "./vscode/tools/pickTool";
import { setUpTool } from "./vscode/tools/setUpTool";
import type { ToolServices } from "./vscode/tools/toolServices";
import { toolsHere } from "./vscode/tools/toolsHere";
import { ticked } from "./vscode/walkthroughSteps";

/** The entry points for what start-up registers, and for the commands about tools. */
export interface Tools {
  setUpTool(): Promise<void>;
  /** @param toolId one of the table's; whoever asks with another is asked what the terminal is for */
  openTerminal(toolId: unknown): Promise<void>;
  /** The terminal profile; undefined if the user says no. */
  terminalProfile(): Promise<TerminalProfile | undefined>;
  /** Asks for the limit of a new key of ours: here, since the keys of tools need the same boxes and lists. */
  askForCreditLimit: typeof askForCreditLimit;
  /** To be called when keys change, and when the window gets the focus. */
  checkBackground(): Promise<void>;
  dispose(): void;
}

/**
 * Builds and wires what gives the key to tools: the composition root of a bundle that is loaded at the first command
 * about them, and where the limit of a key is asked for.
 */
export function createTools(services: ToolServices): Tools {
  const background = new BackgroundKeys(services.state, {
    keys: async () => (await services.sessions()).map(({ key }) => key),
    isFocused: () => window.state.focused,
    show: (toolIds) =>
      void toolsHere(services)
        .then((isHere) => showBackgroundKeys(toolIds, isHere))
        .catch(services.report),
  });
  const terminals = new KeyTerminals(services, ({ key }, tool) => {
    void background.handedOver(key, tool.id);
    ticked(services.state, "terminal");
    if (tool !== anyTool) ticked(services.state, "tool");
  });
  const forTerminal = async (tool: CommandLineTool | undefined) => {
    if (!(await terminals.arePossible())) return undefined;
    const session = await services.activeSession();
    if (!session || tool) return session && tool && { session, tool };
    const picked = await pickTool(toolsHere(services));
    if (!picked?.isMissing) return picked && { session, tool: picked.tool };
    // Whoever asked doesn't wait for the answer.
    void offerToInstall(picked.tool, openTerminal).catch(services.report);
    return undefined;
  };
  const openTerminal = async (tool: CommandLineTool | undefined) => {
    const choice = await forTerminal(tool);
    if (choice) await terminals.open(choice.session, choice.tool);
  };
  return {
    setUpTool: () => setUpTool(services, openTerminal),
    openTerminal: (toolId) => openTerminal(commandLineTools.find(({ id }) => id === toolId)),
    async terminalProfile() {
      const choice = await forTerminal(undefined);
      const options = choice && (await terminals.options(choice.session, choice.tool));
      return options && new TerminalProfile(options);
    },
    askForCreditLimit,
    checkBackground: () => background.check().catch(() => {}), // whoever reads the store reports why
    dispose: () => terminals.dispose(),
  };
}
