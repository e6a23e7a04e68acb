import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { anyTool, commandLineTools } from "../../tools/commandLineTools";

/** A row of a list of tools; a separator has none. */
interface ToolItem extends QuickPickItem {
  readonly tool?: CommandLineTool;
}

/** Whether a tool is installed; undefined where that can't be known. */
type IsHere = (tool: CommandLineTool) => boolean | undefined;

/**
 * Asks what a terminal is for; undefined if the list is closed.
 * @param looking what is installed. Until that is known, the list shows that it's being looked for
 */
export async function pickTool(
  looking: Promise<IsHere>,
): Promise<{ readonly tool: CommandLineTool; readonly isMissing: boolean } | undefined> {
  const items = looking.then((isHere) => toolItems((tool) => isMissing(tool, isHere)));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Open Terminal with API Key"),
    placeHolder: l10n.t("Select what the terminal is for"),
    matchOnDetail: true,
  });
  return chosen?.tool && { tool: chosen.tool, isMissing: isMissing(chosen.tool, await looking) };
}

/** Whether the list is to say that a tool isn't there. */
export const isMissing = (tool: CommandLineTool, isHere: IsHere) =>
  tool !== anyTool && isHere(tool) === false;

function toolItems(isMissing: (tool: CommandLineTool) => boolean): ToolItem[] {
  const group = (label: string, members: readonly CommandLineTool[]): ToolItem[] =>
    members.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...members.map(toolItem)] : [];
  return [
    ...group(
      l10n.t("Command-line tools"),
      commandLineTools.filter((tool) => !isMissing(tool)),
    ),
    ...group(l10n.t("Not found"), commandLineTools.filter(isMissing)),
  ];
}

/** A tool, with what it gets. */
export const toolItem = (tool: CommandLineTool) => ({
  label: tool === anyTool ? l10n.t("Any Tool That Reads OPENROUTER_API_KEY") : tool.name,
  detail: l10n.t("Gets the key in a terminal, as {0}", keyVariable(tool)),
  iconPath: new ThemeIcon("terminal"),
  tool,
});

/** The variable in which the tool gets the key. */
function keyVariable({ environment }: CommandLineTool): string {
  const variables = Object.entries(environment({ key: "key", baseUrl: "", model: "" }));
  return variables.find(([, value]) => value === "key")?.[0] ?? "";
}
