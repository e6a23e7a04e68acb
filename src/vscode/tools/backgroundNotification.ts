import { env, l10n, window } from "vscode";
import { anyTool, commandLineTools } from "../../tools/commandLineTools";

/** Says how to end the background processes that may still use a key that was removed or replaced. */
export async function showBackgroundKeys(toolIds: readonly string[]): Promise<void> {
  const isConcerned = (id: string) => toolIds.includes(id) || toolIds.includes(anyTool.id);
  const tools = commandLineTools.filter(({ id, endBackground }) => endBackground && isConcerned(id));
  if (tools.length === 0) return;
  const names = new Intl.ListFormat(env.language, { type: "disjunction" }).format(
    tools.map(({ name }) => name),
  );
  const commandsToRun = tools.map(({ endBackground }) => endBackground);
  const copy = l10n.t("Copy Command");
  const message = l10n.t(
    "A background process of {0} may still use the key that you removed. To end it, run: {1}",
    names,
    commandsToRun.join("; "),
  );
  if ((await window.showWarningMessage(message, copy)) === copy)
    await env.clipboard.writeText(commandsToRun.join("\n"));
}
