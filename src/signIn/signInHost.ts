import type { Log } from "../common/log";
import type { KeyTerms } from "../openrouter/keyTerms";
import type { StoreIssuedKeyHost } from "../sessions/storeIssuedKey";
import type { ConnectionWait } from "./connection";
import type { Environment } from "./flows";

/** What a sign-in requests from OpenRouter. */
export interface SignInSettings {
  readonly baseUrl: string;
  readonly requestedTerms: KeyTerms;
}

/** What a sign-in needs from the editor around it, so that it runs without VS Code as well. */
export interface SignInHost extends StoreIssuedKeyHost {
  readonly environment: Omit<Environment, "callbackUrl">;
  /** Which editor this is, for the log. */
  readonly editor: string;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** Throws `SettingError` where a setting is invalid. */
  settings(): SignInSettings;
  /** A URL that leads from the browser back to this extension, with this query. */
  callbackUrl(query: string): Promise<string>;
  /** Opens exactly this URL in the browser; false when the user declined. */
  openExternal(url: string): Promise<boolean>;
  /** Shows that a sign-in is being finished, until that is settled. */
  showProgress(): ConnectionWait;
  /** Offers the URL of a page that was not opened for copying, and a code instead, while the sign-in waits. */
  offerUrl(url: string): void;
  /** The HTML page that the browser shows after a loopback callback. */
  loopbackPage(): string;
  /**
   * Asks for the code that the page shows, and returns what `submit` returns. An error of `submit` is shown in the
   * box, and the user can try again; `SignInCanceled` ends it, as closing the box does.
   */
  askForCode<T>(
    page: {
      readonly url: string;
      readonly opened: boolean;
      /** Why there is no easier flow: OpenRouter rejects this editor's callback URL. */
      readonly reason?: "noLinkBack";
    },
    signal: AbortSignal,
    submit: (text: string) => Promise<T>,
  ): Promise<T>;
}
