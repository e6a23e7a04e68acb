import { commands, l10n, window } from "vscode";
import type { Log } from "../../common/log";
import type { CreditsHost } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import { getCurrentKey } from "../../openrouter/client";
import type { SessionStore } from "../../sessions/sessionStore";
import type { ReconnectHost } from "../../signIn/reconnectOffer";
import type { KeyCommands } from "../keys/keyCommands";
import { keySettingsText, readCreditsSettings, readSignInSettings } from "../settings";
import { warnOfCredits } from "./creditsWarning";

/** The real editor around the polling. */
export const vscodeCreditsHost = (
  keys: Pick<KeyCommands, "keyWasRefused">,
  store: Pick<SessionStore, "markRefused">,
  log: Log,
): CreditsHost => ({
  now: () => Date.now(),
  isFocused: () => window.state.focused,
  isWanted() {
    const { showCredits, warnBelow } = readCreditsSettings();
    return showCredits || warnBelow > 0;
  },
  warnBelow: () => readCreditsSettings().warnBelow,
  ask: ({ key, baseUrl }) =>
    getCurrentKey(key, { fetch: (input, init) => fetch(input, init), baseUrl, log, timeLimit: 15_000 }),
  warn: (...warning) => void warnOfCredits(...warning),
  // Where it can't be written, the next request tries again.
  refused: (session) => void keys.keyWasRefused(session).catch(() => {}),
  accepted: (session) => void store.markRefused(session, false).catch(() => {}),
});

/** The real editor around the offer to reconnect. */
export const vscodeReconnectHost = (polling: CreditsPolling): ReconnectHost => ({
  keySettings: keySettingsText,

  async shouldOffer() {
    try {
      readSignInSettings();
    } catch {
      return false; // the settings editor tells what is wrong; a new key could not be asked for
    }
    return window.state.focused && (await polling.state()).sessions.length > 0;
  },

  async offer() {
    const reconnect = l10n.t("Reconnect to apply");
    const chosen = await window.showInformationMessage(
      l10n.t("This setting shapes new OpenRouter keys. Your key stays as it is until you connect again."),
      reconnect,
    );
    if (chosen) await commands.executeCommand("connectOpenRouter.connect");
  },
});
