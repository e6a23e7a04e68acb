import {
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  type AuthenticationSession,
  type AuthenticationSessionAccountInformation,
  CancellationError,
  type EventEmitter,
  l10n,
} from "vscode";
import type { Log } from "../common/log";
import { plainText } from "../common/plainText";
import { apiUrl } from "../openrouter/baseUrl";
import { changesBetween, type Session } from "../sessions/session";
import type { SessionStore } from "../sessions/sessionStore";
import { describeError } from "./errorMessages";

/** The provider that start-up has registered in place of this one. */
export interface RegisteredProvider {
  readonly changes: Pick<EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>, "fire">;
  /** Whether VS Code got an empty list: then all sessions are new to it. */
  readonly reportedNoSessions: boolean;
}

/** VS Code's view of the sessions. VS Code asks the user's consent for each extension that reads a key. */
export class OpenRouterAuthenticationProvider implements Omit<AuthenticationProvider, "onDidChangeSessions"> {
  readonly #subscription;
  /** What there was to hand out when the store was last read. */
  #lastRead: ReadonlyMap<string, Session> | undefined;

  constructor(
    private readonly store: SessionStore,
    /** Signs in, and shows how that ends. `replaces` is the id of the session to connect again, if there is one. */
    private readonly connect: (replaces: string | undefined) => Promise<Session>,
    private readonly log: Log,
    { changes: registered, reportedNoSessions }: RegisteredProvider,
  ) {
    if (reportedNoSessions) this.#lastRead = new Map();
    this.#subscription = store.onDidRead((sessions) => {
      const now = new Map(sessions.filter(isUsable).map((session) => [session.id, session]));
      const changes = changesBetween(this.#lastRead, now);
      this.#lastRead = now;
      if (!changes) return;
      registered.fire({
        added: changes.added.map(asAuthenticationSession),
        removed: changes.removed.map(asAuthenticationSession),
        changed: changes.changed.map(asAuthenticationSession),
      });
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Called for every `authentication.getSession` and for the Accounts menu. */
  async getSessions(
    scopes: readonly string[] | undefined,
    { account }: AuthenticationProviderSessionOptions,
  ): Promise<AuthenticationSession[]> {
    if (scopes?.length) return []; // OpenRouter's keys have no scopes, so none has the requested ones
    const sessions = await this.store.current().catch(toUserFacingError);
    return sessions
      .filter((session) => isUsable(session) && (account === undefined || isOf(account)(session)))
      .map(asAuthenticationSession);
  }

  /**
   * Called after `getSessions`, and only once the user has agreed to sign in. With an account, that account gets
   * the new key.
   */
  async createSession(
    scopes: readonly string[],
    { account }: AuthenticationProviderSessionOptions = {},
  ): Promise<AuthenticationSession> {
    if (scopes.length > 0) {
      throw new Error(
        l10n.t("OpenRouter keys have no scopes. Request a session with an empty list of scopes."),
      );
    }
    this.log.info("VS Code requests a new session");
    try {
      const known = account && (await this.store.current()).find(isOf(account));
      return asAuthenticationSession(await this.connect(known?.id));
    } catch (error) {
      return toUserFacingError(error);
    }
  }

  /** Called when the user signs out in the Accounts menu. */
  async removeSession(id: string): Promise<void> {
    await this.store.remove(id).catch(toUserFacingError);
  }
}

/** VS Code, or the requesting extension, shows the error, so its message says what to do next. */
function toUserFacingError(error: unknown): never {
  const described = describeError(error);
  throw described ? new Error(described.message) : new CancellationError();
}

/** A key that OpenRouter rejected is no longer handed out. */
const isUsable = ({ refused }: Session) => !refused;

/** VS Code tells accounts apart by their labels. */
const isOf = (account: AuthenticationSessionAccountInformation) => (session: Session) =>
  accountId(session) === account.id || session.label === account.label;

/** The URL of the API where the key is valid, with the session's id: it stays the same when the key is replaced. */
const accountId = ({ id, baseUrl }: Session) => `${apiUrl(baseUrl)}#${id}`;

const asAuthenticationSession = (session: Session): AuthenticationSession => ({
  id: session.id,
  accessToken: session.key,
  // VS Code shows the label in its own menus, lists and questions.
  account: { id: accountId(session), label: plainText(session.label) },
  scopes: [],
});
