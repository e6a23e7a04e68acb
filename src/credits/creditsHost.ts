import type { KeyInfo } from "../openrouter/keyInfo";
import type { RequestOptions } from "../openrouter/request";
import type { Session } from "../sessions/session";
import type { CreditAlert } from "./creditsView";
import type { KeyRefusal } from "./keyRefusal";

/** What the credits need from the editor around them, so that they run without VS Code as well. */
export interface CreditsHost {
  /** How requests are made. */
  readonly request: Omit<RequestOptions, "baseUrl" | "signal">;
  /** Milliseconds since the epoch. */
  now(): number;
  isFocused(): boolean;
  /** Whether credits are shown, or warned of, without a refresh by the user. */
  isWanted(): boolean;
  /** Percent of the limit; 0 turns warnings off. */
  warnBelow(): number;
  warn(session: Session, alert: CreditAlert, keyInfo: KeyInfo): void;
  /** OpenRouter no longer accepts the key: from now on nobody gets it. Rejects where that can't be stored. */
  withhold(session: Session): Promise<void>;
  /** Tells the user about it. */
  warnOfRefusal(session: Session): void;
  /** OpenRouter names the user of a key that came without one. Never rejects. */
  learnUser(session: Session, userId: string): Promise<void>;
  /** OpenRouter accepts a key again that was withheld. Rejects where that can't be stored. */
  release(session: Session): Promise<void>;
}

/** What is known at the moment. */
export interface CreditsState {
  /** Whether the user has connected once, or has a key. */
  readonly hasConnected: boolean;
  readonly sessions: readonly Session[];
  /** The session in use, whose credits are shown. */
  readonly active?: Session | undefined;
  /** `at` is in milliseconds since the epoch. */
  readonly answer?: { readonly at: number; readonly keyInfo: KeyInfo } | undefined;
  /** OpenRouter's last word on the key, as far as any window knows. */
  readonly refusal?: KeyRefusal | undefined;
  /** Why this window knows nothing newer. */
  readonly failure?: unknown;
}
