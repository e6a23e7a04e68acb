import { l10n } from "vscode";
import type { CommandLineTool } from "../../tools/commandLineTool";

/** What the tool prefers to the key of its terminal. */
export function whatWins({ id, name }: CommandLineTool): string | undefined {
  if (id === "claudeCode")
    return l10n.t(
      "{0}'s own settings files take precedence over this terminal. If one sets ANTHROPIC_BASE_URL, the key goes there. A Claude login isn't used in this terminal.",
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
    "Start {0} with the command that this terminal shows. Otherwise it keeps the key in a background process and uses it in other terminals, also after you disconnect. “{1}” ends that.",
    name,
    endBackground,
  );
}
