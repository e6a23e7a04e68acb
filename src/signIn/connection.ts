import type { KeyTerms } from "../openrouter/keyTerms";
import type { Session } from "../sessions/session";

/** A finished sign-in, with the terms that were requested of its key. */
export interface Connection {
  readonly session: Session;
  readonly requestedTerms: KeyTerms;
}
