import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  commands,
  EventEmitter,
  type ExtensionContext,
} from "vscode";
import type { Parts } from "./services";
import type { Secrets } from "./sessions/secretCollection";

/**
 * Loads what the extension is made of when it is needed first: where the person never connected its code isn't
 * even read, or in a web worker, which has it in the same file, not run.
 */
export class LazyParts {
  readonly #changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #subscription;
  #parts: Promise<Parts> | undefined;
  #toldNone = false;

  /** What VS Code asks for sessions: as soon as it is registered, for the Accounts menu. */
  readonly provider: AuthenticationProvider = {
    onDidChangeSessions: this.#changes.event,
    getSessions: async (...request) =>
      (await this.#isUnused()) ? [] : (await this.parts()).provider.getSessions(...request),
    createSession: async (scopes) => (await this.parts()).provider.createSession(scopes),
    removeSession: async (id) => (await this.parts()).provider.removeSession(id),
  };

  constructor(
    private readonly context: Pick<ExtensionContext, "globalState" | "secrets" | "subscriptions">,
    private readonly load: (toldNone: boolean) => Promise<Parts>,
  ) {
    // Another window connects.
    this.#subscription = context.secrets.onDidChange(() => this.parts());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  parts(): Promise<Parts> {
    this.#parts ??= this.load(this.#toldNone).then((parts) => {
      const changes = parts.provider.onDidChangeSessions((event) => this.#changes.fire(event));
      this.context.subscriptions.push(changes);
      return parts;
    });
    return this.#parts;
  }

  /** For the status bar of one who has connected before, in this window or another. */
  loadIfUsed(): void {
    if (this.context.globalState.keys().length > 0) void this.parts();
  }

  /** Whether nothing was ever kept here. Where secrets can't be listed (VS Code 1.104), only the store knows. */
  async #isUnused(): Promise<boolean> {
    const secrets: Secrets = this.context.secrets;
    const isUsed = () => this.#parts !== undefined || this.context.globalState.keys().length > 0;
    if (isUsed()) return false;
    if (this.#toldNone) return true; // what is stored from then on, by any window, loads the parts
    const names = await Promise.resolve(secrets.keys?.()).catch(() => undefined); // the store says what is wrong
    if (names?.length !== 0 || isUsed()) return false;
    this.#toldNone = true;
    void commands.executeCommand("setContext", "connectOpenRouter.connected", false);
    return true;
  }
}
