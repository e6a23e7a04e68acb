import { window } from "vscode";
import type { Log } from "../../common/log";
import type { CreditsHost } from "../../credits/creditsHost";
import type { SessionStore } from "../../sessions/sessionStore";
import { showRefusedKey } from "../keys/refusedKeyNotification";
import { readCreditsSettings } from "../settings";
import { warnOfCredits } from "./creditsWarning";

/** `CreditsHost` on VS Code. */
export const vscodeCreditsHost = (
  store: Pick<SessionStore, "markRefused" | "learnUser">,
  log: Log,
): CreditsHost => ({
  request: { fetch: (input, init) => fetch(input, init), log, timeLimit: 15_000 },
  now: () => Date.now(),
  isFocused: () => window.state.focused,
  isWanted() {
    const { showCredits, warnBelow } = readCreditsSettings();
    return showCredits || warnBelow > 0;
  },
  warnBelow: () => readCreditsSettings().warnBelow,
  warn: (...warning) => void warnOfCredits(...warning),
  withhold: (session) => store.markRefused(session),
  warnOfRefusal: (session) => void showRefusedKey(session),
  // If that can't be stored, the next request tries again.
  learnUser: (session, userId) => store.learnUser(session, userId).catch(() => {}),
  release: (session) => store.markRefused(session, false),
});
