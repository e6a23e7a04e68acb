import { commands, type Disposable } from "vscode";
import type { SessionStore } from "../sessions/sessionStore";

/** Sets the context key for the manifest's `when` clauses and the walkthrough's steps. */
export const setConnectedContext = (connected: boolean) =>
  commands.executeCommand("setContext", "connectOpenRouter.connected", connected);

/** Keeps the context key in step with the store. */
export function keepConnectedContext(store: Pick<SessionStore, "onDidRead">): Disposable {
  let last: boolean | undefined;
  return store.onDidRead((sessions) => {
    const connected = sessions.length > 0;
    if (connected !== last) void setConnectedContext(connected);
    last = connected;
  });
}
