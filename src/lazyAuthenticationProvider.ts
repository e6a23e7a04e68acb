import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  EventEmitter,
} from "vscode";
import type { LazyServices } from "./lazyServices";
import type { Secrets } from "./sessions/secretCollection";
import { setConnectedContext } from "./vscode/connectedContext";

/**
 * The registered provider, which VS Code asks for sessions at once, for its Accounts menu. Reports that there are
 * none without loading anything, and leaves everything else to the services.
 */
export class LazyAuthenticationProvider implements AuthenticationProvider {
  /** Fired by the services. */
  readonly changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.changes.event;
  /** VS Code got an empty list of sessions, so the first one has to be announced. */
  reportedNoSessions = false;

  constructor(
    private readonly secrets: Secrets,
    private readonly services: LazyServices,
  ) {}

  async getSessions(scopes: readonly string[] | undefined, options: AuthenticationProviderSessionOptions) {
    return (await this.#isUnused()) ? [] : (await this.services.get()).provider.getSessions(scopes, options);
  }

  async createSession(scopes: readonly string[]) {
    return (await this.services.get()).provider.createSession(scopes);
  }

  async removeSession(id: string) {
    return (await this.services.get()).provider.removeSession(id);
  }

  /** Whether nothing was ever kept here. Where secrets can't be listed (VS Code 1.104), only the store knows. */
  async #isUnused(): Promise<boolean> {
    if (this.services.areUsed) return false;
    if (this.reportedNoSessions) return true; // whatever any window stores from then on loads the services
    const names = await Promise.resolve(this.secrets.keys?.()).catch(() => undefined); // the store reports why
    if (names?.length !== 0 || this.services.areUsed) return false;
    this.reportedNoSessions = true;
    void setConnectedContext(false);
    return true;
  }
}
