import { commands, l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { ActiveSession } from "../../sessions/activeSession";
import type { ReconnectHost } from "../../signIn/reconnectOffer";
import { keySettingsText, readSignInSettings } from "../settings";

/** `ReconnectHost` on VS Code. */
export const reconnectOfferHost = (active: ActiveSession): ReconnectHost => ({
  keySettings: keySettingsText,

  async shouldOffer() {
    try {
      readSignInSettings();
    } catch {
      return false; // the settings editor says what is wrong; no key could be requested now
    }
    return window.state.focused && active.wasChosen && (await active.read()).sessions.length > 0;
  },

  async offer() {
    const reconnect = l10n.t("Reconnect");
    const chosen = await window.showInformationMessage(
      l10n.t("This setting applies to new keys only. Reconnect to get a key with the new value."),
      reconnect,
    );
    if (chosen) await commands.executeCommand(commandIds.connect, (await active.read()).active?.id);
  },
});
