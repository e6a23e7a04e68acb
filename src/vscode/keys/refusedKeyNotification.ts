import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { maskApiKey } from "../../openrouter/apiKey";
import type { Session } from "../../sessions/session";

/** Shows that OpenRouter rejected a key, and offers to reconnect. */
export async function showRefusedKey({ key }: Session): Promise<void> {
  const reconnect = l10n.t("Reconnect");
  const chosen = await window.showWarningMessage(
    l10n.t("OpenRouter no longer accepts {0}. Extensions can't use it anymore.", maskApiKey(key)),
    reconnect,
  );
  if (chosen === reconnect) await commands.executeCommand(commandIds.connect);
}
