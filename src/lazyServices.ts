import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  commands,
  EventEmitter,
  type ExtensionContext,
} from "vscode";
import type { Services } from "./services";
import type { Secrets } from "./sessions/secretCollection";

/**
 * Loads what the extension is made of when it is needed first: where the person never connected its code isn't
 * even read, or in a web worker, which has it in the same file, not run.
 */
export class LazyServices {
  readonly #changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription;
  #services: Promise<Services> | undefined;
  #reportedNoSessions = false;

  /** What VS Code asks for sessions: as soon as it is registered, for the Accounts menu. */
  readonly provider: AuthenticationProvider = {
    onDidChangeSessions: this.#changes.event,
    getSessions: async (...request) =>
      (await this.#isUnused()) ? [] : (await this.get()).provider.getSessions(...request),
    createSession: async (scopes) => (await this.get()).provider.createSession(scopes),
    removeSession: async (id) => (await this.get()).provider.removeSession(id),
  };

  constructor(
    private readonly context: Pick<ExtensionContext, "globalState" | "secrets" | "subscriptions">,
    private readonly load: (reportedNoSessions: boolean) => Promise<Services>,
  ) {
    // Another window connects.
    this.#subscription = context.secrets.onDidChange(() => this.get());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  get(): Promise<Services> {
    this.#services ??= this.load(this.#reportedNoSessions).then((services) => {
      const changes = services.provider.onDidChangeSessions((event) => this.#changes.fire(event));
      this.context.subscriptions.push(changes);
      return services;
    });
    return this.#services;
  }

  /** For the status bar of one who has connected before, in this window or another. */
  loadIfUsed(): void {
    if (this.context.globalState.keys().length > 0) void this.get();
  }

  /** Whether nothing was ever kept here. Where secrets can't be listed (VS Code 1.104), only the store knows. */
  async #isUnused(): Promise<boolean> {
    const secrets: Secrets = this.context.secrets;
    const isUsed = () => this.#services !== undefined || this.context.globalState.keys().length > 0;
    if (isUsed()) return false;
    if (this.#reportedNoSessions) return true; // what is stored from then on, by any window, loads the parts
    const names = await Promise.resolve(secrets.keys?.()).catch(() => undefined); // the store says what is wrong
    if (names?.length !== 0 || isUsed()) return false;
    this.#reportedNoSessions = true;
    void commands.executeCommand("setContext", "connectOpenRouter.connected", false);
    return true;
  }
}
