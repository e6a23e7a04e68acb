import type { Log } from "../common/log";
import type { KeyTerms } from "../openrouter/keyTerms";
import type { StoreIssuedKeyPrompts } from "../sessions/storeIssuedKey";
import type { Environment } from "./flows";

/** What a sign-in asks OpenRouter for. */
export interface SignInSettings {
  readonly baseUrl: string;
  readonly requestedTerms: KeyTerms;
}

/** What a sign-in needs from the editor around it, so that it runs without VS Code as well. */
export interface SignInHost extends StoreIssuedKeyPrompts {
  readonly environment: Omit<Environment, "callbackUrl">;
  /** Which editor this is, in words for the log. */
  readonly editor: string;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Throws what the person must be told when a setting is of no use. */
  settings(): SignInSettings;
  /** An address that leads from the browser back to this extension, carrying the query. */
  callbackUrl(query: string): Promise<string>;
  /** Opens exactly this address; false when it stayed closed. */
  openExternal(address: string): Promise<boolean>;
  /** Shows that a sign-in is being finished, with a way to cancel it, which aborts the signal. */
  withProgress<T>(work: (signal: AbortSignal) => Promise<T>): PromiseLike<T>;
  /** Hands over the address of a page that stayed closed, while the sign-in goes on waiting. */
  offerAddress(address: string): void;
  /** The HTML that the browser is left with after a loopback callback. */
  loopbackPage(): string;
  /**
   * Asks for the code that the page shows. What `submit` throws is said in the box, and the person may
   * try again, but for `SignInCancelled`, which ends it, as closing the box does; what it returns is the
   * result.
   */
  askForCode<T>(
    page: {
      readonly address: string;
      readonly opened: boolean;
      /** Why there is no easier way: OpenRouter refuses every link back to this editor. */
      readonly reason?: "noLinkBack";
    },
    signal: AbortSignal,
    submit: (text: string) => Promise<T>,
  ): Promise<T>;
}
