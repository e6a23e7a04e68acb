import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import { maskApiKey } from "../../openrouter/apiKey";
import type { Session } from "../../sessions/session";

/** Says that OpenRouter refused a key, and offers to connect again. */
export async function showRefusedKey({ key }: Session): Promise<void> {
  const reconnect = l10n.t("Reconnect");
  const chosen = await window.showWarningMessage(
    l10n.t("OpenRouter no longer accepts {0}. Extensions don't get it any more.", maskApiKey(key)),
    reconnect,
  );
  if (chosen === reconnect) await commands.executeCommand(commandIds.connect);
}
