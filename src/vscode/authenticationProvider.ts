import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  type AuthenticationSession,
  CancellationError,
  EventEmitter,
  l10n,
} from "vscode";
import type { Log } from "../common/log";
import { changesBetween, type Session } from "../sessions/session";
import type { SessionStore } from "../sessions/sessionStore";
import { describeError } from "./errorMessages";

/** VS Code's view of the store. VS Code asks the person's consent for each extension that reads a key. */
export class OpenRouterAuthenticationProvider implements AuthenticationProvider {
  readonly #changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changes.event;
  readonly #subscription;
  /** What was there to be handed out when the store was last looked at. */
  #lastRead: ReadonlyMap<string, Session> | undefined;

  constructor(
    private readonly store: SessionStore,
    /** Signs in, and tells the person how it ends. */
    private readonly connect: () => Promise<Session>,
    private readonly log: Log,
    /** Whether VS Code was told already that there are no sessions: then what there is now is new to it. */
    reportedNoSessions = false,
  ) {
    if (reportedNoSessions) this.#lastRead = new Map();
    this.#subscription = store.onDidRead((sessions) => {
      const now = new Map(sessions.filter(isUsable).map((session) => [session.id, session]));
      const changes = changesBetween(this.#lastRead, now);
      this.#lastRead = now;
      if (!changes) return;
      this.#changes.fire({
        added: changes.added.map(asAuthenticationSession),
        removed: changes.removed.map(asAuthenticationSession),
        changed: changes.changed.map(asAuthenticationSession),
      });
    });
    if (reportedNoSessions) void store.list().catch(() => {}); // the next look tells
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
    const sessions = await inWords(this.store.current());
    return sessions
      .filter((session) => isUsable(session) && (account === undefined || session.account.id === account.id))
      .map(asAuthenticationSession);
  }

  /** Called after `getSessions`, and only once the person agreed to sign in. */
  async createSession(scopes: readonly string[]): Promise<AuthenticationSession> {
    if (scopes.length > 0) {
      throw new Error(
        l10n.t("OpenRouter's keys have no scopes. Ask for a session with an empty list of them."),
      );
    }
    this.log.info("VS Code wants a new session");
    return asAuthenticationSession(await inWords(this.connect()));
  }

  /** Called when the person signs out in the Accounts menu. */
  async removeSession(id: string): Promise<void> {
    await inWords(this.store.remove(id));
  }
}

/** What fails here is shown by whoever asked, so it says what the person can do. */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const told = describeError(error);
    throw told ? new Error(told.message) : new CancellationError();
  }
}

/** A key that OpenRouter refused is handed out no more, so it is gone for those who ask here. */
const isUsable = ({ refused }: Session) => !refused;

const asAuthenticationSession = ({ id, key, account }: Session): AuthenticationSession => ({
  id,
  accessToken: key,
  account,
  scopes: [],
});
