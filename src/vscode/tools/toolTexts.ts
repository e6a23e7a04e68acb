import { l10n } from "vscode";
import type { CommandLineTool } from "../../tools/commandLineTool";

/** What the tool prefers to the key of its terminal. */
export function whatWins({ id, name }: CommandLineTool): string | undefined {
  if (id === "claudeCode")
    return l10n.t(
      "{0} prefers what its own settings files say about the server and the key. It no longer uses a Claude login in this terminal.",
      name,
    );
  if (id === "clineCli") return l10n.t("An OpenRouter key that you stored in {0} earlier wins.", name);
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
