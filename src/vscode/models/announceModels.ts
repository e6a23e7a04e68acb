import type { Disposable, EventEmitter } from "vscode";
import type { SessionStore } from "../../sessions/sessionStore";

/** The provider of models that start-up has registered. */
export interface RegisteredModels {
  /** Tells VS Code to ask again. */
  readonly changes: Pick<EventEmitter<void>, "fire">;
  /** VS Code was told that there are none. */
  reportedNone: boolean;
}

/**
 * Tells VS Code to ask for models again when it was told that there are none, and there is a key now. Later changes
 * are announced by the models themselves. Where VS Code never asked, it isn't made to: it would load them for nothing.
 */
export const announceModels = (
  store: Pick<SessionStore, "onDidRead">,
  registered: RegisteredModels,
): Disposable =>
  store.onDidRead((sessions) => {
    if (registered.reportedNone && sessions.length > 0) registered.changes.fire();
  });
