import { commands, type Disposable } from "vscode";
import type { SessionStore } from "../sessions/sessionStore";

/** Sets the context key for the manifest's `when` clauses. */
export const setConnectedContext = (connected: boolean) =>
  commands.executeCommand("setContext", "connectOpenRouter.connected", connected);

/** Keeps the context key in step with the store, and calls `onConnected` when there is a key for the first time in this window, or again. */
export function keepConnectedContext(
  store: Pick<SessionStore, "onDidRead">,
  onConnected: () => void,
): Disposable {
  let last: boolean | undefined;
  return store.onDidRead((sessions) => {
    const connected = sessions.length > 0;
    if (connected === last) return;
    last = connected;
    void setConnectedContext(connected);
    if (connected) onConnected();
  });
}
