import type { Disposable } from "vscode";
import type { SessionStore } from "../../sessions/sessionStore";

/**
 * Tells VS Code to ask for models again when there are other keys. It keeps what it was told last, and before the
 * first key that was: none.
 */
export function announceModels(store: Pick<SessionStore, "onDidRead">, changed: () => void): Disposable {
  let last = "";
  return store.onDidRead((sessions) => {
    const keys = sessions.map(({ id, refused }) => `${id} ${refused ?? false}`).join("\n");
    if (keys !== last) changed();
    last = keys;
  });
}
