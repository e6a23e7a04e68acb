import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { anyTool, commandLineTools } from "../../tools/commandLineTools";

/** A row of a list of tools; a separator has none. */
interface ToolItem extends QuickPickItem {
  readonly tool?: CommandLineTool;
}

/**
 * Asks what a terminal is for; undefined if the list is closed.
 * @param isHere whether a tool is installed; undefined where that can't be known
 */
export async function pickTool(
  isHere: (tool: CommandLineTool) => boolean | undefined,
): Promise<CommandLineTool | undefined> {
  const isMissing = (tool: CommandLineTool) => tool !== anyTool && isHere(tool) === false;
  const group = (label: string, members: readonly CommandLineTool[]): ToolItem[] =>
    members.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...members.map(toolItem)] : [];
  const items = [
    ...group(
      l10n.t("Command-line tools"),
      commandLineTools.filter((tool) => !isMissing(tool)),
    ),
    ...group(l10n.t("Not found"), commandLineTools.filter(isMissing)),
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Open Terminal with API Key"),
    placeHolder: l10n.t("Select what the terminal is for"),
    matchOnDetail: true,
  });
  return chosen?.tool;
}

/** A tool, with what it gets. */
export const toolItem = (tool: CommandLineTool) => ({
  label: tool === anyTool ? l10n.t("Any Tool That Reads OPENROUTER_API_KEY") : tool.name,
  detail: l10n.t("Gets the key in the {0} variable of a terminal", keyVariable(tool)),
  iconPath: new ThemeIcon("terminal"),
  tool,
});

/** The variable in which the tool gets the key. */
function keyVariable({ environment }: CommandLineTool): string {
  const variables = Object.entries(environment({ key: "key", baseUrl: "", model: "" }));
  return variables.find(([, value]) => value === "key")?.[0] ?? "";
}
