import { commands, env, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { plainText } from "../../common/plainText";
import { isDefaultBaseUrl } from "../../openrouter/baseUrl";
import type { Session } from "../../sessions/session";
import type { CommandLineTool, ToolStart } from "../../tools/commandLineTool";
import { anyTool } from "../../tools/commandLineTools";
import { deliberate } from "../deliberate";
import { keyName } from "../keys/keyName";
import { type ProjectFile, projectFilesThatRedirect, showFile } from "./projectFiles";
import { afterTheTerminal, whatWins } from "./toolTexts";

/**
 * Asks whether a terminal may have the key, and says first what that means for this tool; true if it may.
 * @param isExposed whether every extension can read the key then
 */
export async function askForTerminal(
  session: Session,
  tool: CommandLineTool,
  { start, isExposed }: { readonly start: ToolStart; readonly isExposed: boolean },
): Promise<boolean> {
  const question =
    tool === anyTool
      ? l10n.t("Open a terminal with API key {0}?", keyName(session))
      : l10n.t("Open a terminal for {0} with API key {1}?", tool.name, keyName(session));
  const files = await projectFilesThatRedirect(tool);
  const detail = [
    // It costs money, and whoever ran the command may have chosen it.
    ...(start.model ? [l10n.t("Model: {0}", plainText(start.model))] : []),
    ...(tool.ignoresBaseUrl && !isDefaultBaseUrl(session.baseUrl)
      ? [l10n.t("⚠ {0} sends the key to openrouter.ai, not to {1}.", tool.name, plainText(session.baseUrl))]
      : []),
    ...(files.length > 0 ? [mayRedirectText(files, tool)] : []),
    isExposed
      ? l10n.t(
          "Everything that runs in the terminal can read the key and spend its credits. In this window, so can every installed extension, because VS Code shows it to them.",
        )
      : l10n.t(
          "Everything that runs in the terminal can read the key and spend its credits, including commands that an extension runs there.",
        ),
    ...[whatWins(tool), afterTheTerminal(tool)].filter((text) => text !== undefined),
  ].join("\n\n");
  const open = l10n.t("Open Terminal");
  const show = l10n.t("Show File");
  const copy = l10n.t("Copy Lines for config.toml");
  const buttons = [...(files.length > 0 ? [show] : []), open, ...(tool.settingsLines ? [copy] : [])];
  const answer = await deliberate(() =>
    window.showWarningMessage(question, { modal: true, detail }, ...buttons),
  );
  if (answer === show && files[0]) await showFile(files[0]);
  if (answer === copy && tool.settingsLines) {
    await env.clipboard.writeText(tool.settingsLines(start));
    void showCopied(tool);
  }
  return answer === open;
}

const mayRedirectText = (files: readonly ProjectFile[], { name }: CommandLineTool) =>
  l10n.t(
    "⚠ In this workspace, {0} may send the key to another server. Check that before you start {1}.",
    new Intl.ListFormat(env.language, { type: "conjunction" }).format(files.map((file) => file.name)),
    name,
  );

/** With a button: without one, VS Code cuts a message to one line. */
async function showCopied({ id, name }: CommandLineTool): Promise<void> {
  const open = l10n.t("Open Terminal");
  const message = l10n.t(
    "The lines for {0} are on the clipboard, without the key. Paste them into its config.toml, then open a terminal with the key, and start it there.",
    name,
  );
  // Asks again: the key may be another one by then.
  if ((await window.showInformationMessage(message, open)) === open)
    await commands.executeCommand(commandIds.openTerminal, id);
}
