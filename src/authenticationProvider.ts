import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  type AuthenticationSession,
  EventEmitter,
} from "vscode";
import type { Session, SessionStore } from "./sessionStore";

/** VS Code's view of the store. VS Code asks the person's consent for each extension that reads a key. */
export class OpenRouterAuthenticationProvider implements AuthenticationProvider {
  readonly #changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changes.event;
  readonly #subscription;

  constructor(
    private readonly store: SessionStore,
    /** Signs in, and tells the person how it ends. */
    private readonly connect: () => Promise<Session>,
  ) {
    this.#subscription = store.onDidChange(({ added, removed, changed }) => {
      this.#changes.fire({
        added: added.map(asAuthenticationSession),
        removed: removed.map(asAuthenticationSession),
        changed: changed.map(asAuthenticationSession),
      });
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  /** Called for every `authentication.getSession` and for the Accounts menu. */
  async getSessions(
    scopes: readonly string[] | undefined,
    { account }: AuthenticationProviderSessionOptions,
  ): Promise<AuthenticationSession[]> {
    if (scopes?.length) return []; // OpenRouter's keys have no scopes, so none has one that is asked for
    const sessions = await this.store.list();
    return sessions
      .filter((session) => account === undefined || session.account.id === account.id)
      .map(asAuthenticationSession);
  }

  /** Called after `getSessions`, and only once the person agreed to sign in. */
  async createSession(): Promise<AuthenticationSession> {
    return asAuthenticationSession(await this.connect());
  }

  /** Called when the person signs out in the Accounts menu. */
  async removeSession(id: string): Promise<void> {
    await this.store.remove(id);
  }
}

const asAuthenticationSession = ({ id, key, account }: Session): AuthenticationSession => ({
  id,
  accessToken: key,
  account,
  scopes: [],
});
