import type { KeyTerms } from "../openrouter/keyTerms";
import type { Session } from "../sessions/session";

/** A finished sign-in, with the terms that were requested of its key. */
export interface Connection {
  readonly session: Session;
  readonly requestedTerms: KeyTerms;
  /** Another window or attempt has shown that it connected. */
  readonly isShown?: true;
}

/** What waits for a connection, and shows the user that it does. */
export interface ConnectionWait {
  /** Aborted when the user cancels. */
  readonly signal: AbortSignal;
  /** Ends the wait with this result. */
  settle(connection: Promise<Connection>): void;
}
