import { l10n } from "vscode";
import type { CommandLineTool, ToolAccess, ToolStart } from "../../tools/commandLineTool";

/** What starts a tool, in the language of the window. */
export const toolStart = (access: Omit<ToolAccess, "key">): ToolStart => ({
  ...access,
  prompt: l10n.t("Explain this project"),
  instructions: l10n.t('In VS Code, run "OpenRouter: Open Terminal with API Key".'),
});

/** What the tool prefers to the key of its terminal. */
export function whatWins({ id, name }: CommandLineTool): string | undefined {
  if (id === "claudeCode")
    return l10n.t(
      "In this terminal, {0} doesn't use your Claude login. Recent versions ignore what settings files say about servers and keys, too.",
      name,
    );
  if (id === "clineCli")
    return l10n.t(
      "{0} takes the key only for a prompt on its command line: its interactive mode asks you to sign in. If you stored an OpenRouter key there earlier, it uses that one.",
      name,
    );
  return undefined;
}

/** What keeps the key when the terminal is closed. */
export function afterTheTerminal({ id, name, endBackground }: CommandLineTool): string | undefined {
  if (id === "anyTool")
    return l10n.t(
      "A program that goes on in the background keeps the key, also after you close the terminal or disconnect.",
    );
  if (!endBackground) return undefined;
  return l10n.t(
    "Start {0} with the command that this terminal shows. Otherwise a background process keeps the key and uses it in other terminals, also after you disconnect, until you run: {1}",
    name,
    endBackground,
  );
}
