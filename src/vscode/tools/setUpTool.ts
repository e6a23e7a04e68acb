import { commands, env, l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { anyTool, commandLineTools } from "../../tools/commandLineTools";
import { hasTerminals } from "../hasTerminals";
import { toolItem } from "./pickTool";
import type { ToolServices } from "./toolServices";
import { toolsHere } from "./toolsHere";

/** A row of the list, and what choosing it does. */
interface Entry extends QuickPickItem {
  readonly run?: () => unknown;
}

/** Lists the tools that are here and those that could be had, with what each gets, and sets up the chosen one. */
export async function setUpTool(
  services: Pick<ToolServices, "context" | "extensionHost">,
  openTerminal: (tool: CommandLineTool) => Promise<void>,
): Promise<void> {
  const isHere = await toolsHere(services);
  const terminalEntry = (tool: CommandLineTool): Entry => ({
    ...toolItem(tool),
    run: () => (isHere(tool) === false ? offerToInstall(tool, openTerminal) : openTerminal(tool)),
  });
  const tools = hasTerminals() ? commandLineTools.filter((tool) => tool !== anyTool) : [];
  const entries = [
    ...group(l10n.t("In this editor"), [
      {
        label: l10n.t("VS Code's Chat"),
        detail: l10n.t("Answers with OpenRouter's models. Doesn't get the key"),
        iconPath: new ThemeIcon("comment-discussion"),
        run: () => commands.executeCommand(commandIds.chatWithModels),
      },
    ]),
    ...group(
      l10n.t("Command-line tools"),
      [...tools.filter((tool) => isHere(tool) !== false), ...(hasTerminals() ? [anyTool] : [])].map(
        terminalEntry,
      ),
    ),
    ...group(l10n.t("Not installed"), tools.filter((tool) => isHere(tool) === false).map(terminalEntry)),
  ];
  const chosen = await window.showQuickPick(entries, {
    title: l10n.t("Set Up a Tool"),
    placeHolder: l10n.t("Select a tool to see what it would get"),
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

const group = (label: string, entries: readonly Entry[]): Entry[] =>
  entries.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...entries] : [];

/** A tool that isn't found may still be there, in the terminal's own `PATH`. */
async function offerToInstall(
  tool: CommandLineTool,
  openTerminal: (tool: CommandLineTool) => Promise<void>,
): Promise<void> {
  const open = l10n.t("Open Terminal");
  const copy = l10n.t("Copy Install Command");
  const message = tool.install
    ? l10n.t("{0} wasn't found on this computer. To install it, run: {1}", tool.name, tool.install)
    : l10n.t("{0} wasn't found on this computer. Install it, then try again.", tool.name);
  const chosen = await window.showInformationMessage(message, ...(tool.install ? [copy] : []), open);
  if (chosen === copy && tool.install) await env.clipboard.writeText(tool.install);
  if (chosen === open) await openTerminal(tool);
}
