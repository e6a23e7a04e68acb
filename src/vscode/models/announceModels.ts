import type { Disposable } from "vscode";
import type { SessionStore } from "../../sessions/sessionStore";

/**
 * Tells VS Code to ask for models again when it was told that there are none, and there is a key now. Later changes
 * are announced by the models themselves. Where VS Code never asked, it isn't made to: it would load them for nothing.
 */
export const announceModels = (
  store: Pick<SessionStore, "onDidRead">,
  registered: { readonly changes: { fire(): void }; readonly reportedNone: boolean },
): Disposable =>
  store.onDidRead((sessions) => {
    if (registered.reportedNone && sessions.length > 0) registered.changes.fire();
  });
