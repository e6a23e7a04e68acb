import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  EventEmitter,
} from "vscode";
import type { LazyServices } from "./lazyServices";
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

  constructor(private readonly services: LazyServices) {}

  async getSessions(scopes: readonly string[] | undefined, options: AuthenticationProviderSessionOptions) {
    return (await this.#isUnused()) ? [] : (await this.services.get()).provider.getSessions(scopes, options);
  }

  async createSession(scopes: readonly string[], options: AuthenticationProviderSessionOptions) {
    return (await this.services.get()).provider.createSession(scopes, options);
  }

  async removeSession(id: string) {
    return (await this.services.get()).provider.removeSession(id);
  }

  async #isUnused(): Promise<boolean> {
    if (this.services.areUsed) return false;
    if (this.reportedNoSessions) return true; // whatever any window stores from then on loads the services
    if (await this.services.mayHaveKeys()) return false;
    this.reportedNoSessions = true;
    void setConnectedContext(false);
    return true;
  }
}
