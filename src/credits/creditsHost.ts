import type { KeyInfo } from "../openrouter/keyInfo";
import type { Session } from "../sessions/session";
import type { CreditAlert } from "./creditsView";

/** What the polling needs from the editor around it. */
export interface CreditsHost {
  /** Milliseconds since the epoch. */
  now(): number;
  isFocused(): boolean;
  /** Whether anybody wants to know without having asked. */
  isWanted(): boolean;
  /** Percent of the limit; 0 is never. */
  warnBelow(): number;
  /** Throws `OpenRouterError`. */
  ask(session: Session): Promise<KeyInfo>;
  warn(session: Session, alert: CreditAlert, keyInfo: KeyInfo): void;
  /** OpenRouter does not know the key any more (401). */
  refused(session: Session): void;
  /** OpenRouter knows a key again that it had refused. */
  accepted(session: Session): void;
}

/** What is known just now. */
export interface CreditsState {
  readonly hasConnected: boolean;
  readonly sessions: readonly Session[];
  /** The session whose credits are shown. */
  readonly shown?: Session | undefined;
  /** `at` is in milliseconds since the epoch. */
  readonly answer?: { readonly at: number; readonly keyInfo: KeyInfo } | undefined;
  /** Why this window knows no better. */
  readonly failure?: unknown;
}
