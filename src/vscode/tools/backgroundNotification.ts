import { env, l10n, window } from "vscode";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { anyTool, commandLineTools } from "../../tools/commandLineTools";

/**
 * Says how to end the background processes that may still use a key that was removed or replaced.
 * @param toolIds those whose terminals got the key
 * @param isHere whether a tool is installed; undefined where that can't be known
 */
export async function showBackgroundKeys(
  toolIds: readonly string[],
  isHere: (tool: CommandLineTool) => boolean | undefined,
): Promise<void> {
  // In a terminal for any tool, the user may have started each that is here.
  const mayRun = (tool: CommandLineTool) =>
    toolIds.includes(tool.id) || (toolIds.includes(anyTool.id) && isHere(tool) !== false);
  const tools = commandLineTools.filter((tool) => tool.endBackground && mayRun(tool));
  if (tools.length === 0) return;
  const names = new Intl.ListFormat(env.language, { type: "disjunction" }).format(
    tools.map(({ name }) => name),
  );
  const ends = tools.map(({ endBackground }) => endBackground);
  const copy = l10n.t("Copy Command");
  const message = l10n.t(
    "A background process of {0} may still use the key that was removed. To end it, run: {1}",
    names,
    ends.join("; "),
  );
  if ((await window.showWarningMessage(message, copy)) === copy)
    await env.clipboard.writeText(ends.join("\n"));
}
