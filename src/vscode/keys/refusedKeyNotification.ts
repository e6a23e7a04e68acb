import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { Session } from "../../sessions/session";
import { keyName } from "./keyName";

/** Shows that OpenRouter rejected a key, and offers to reconnect. */
export async function showRefusedKey(session: Session): Promise<void> {
  const reconnect = l10n.t("Reconnect");
  const chosen = await window.showWarningMessage(
    l10n.t("OpenRouter no longer accepts {0}. Extensions can't use it anymore.", keyName(session)),
    reconnect,
  );
  if (chosen === reconnect) await commands.executeCommand(commandIds.connect, session.id);
}
