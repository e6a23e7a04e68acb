import type { OpenRouterModel } from "../openrouter/model";
import type { Session } from "../sessions/session";
import { ChatError } from "./chatError";
import type { Access, ModelAccess } from "./modelAccess";

/** Who asks which model. */
export interface ChatCaller {
  /** The extension's id, if VS Code says which one it is. */
  readonly initiator: string | undefined;
  readonly model: string;
  /** Aborted when the request is canceled. */
  readonly signal: AbortSignal;
}

/** Whose key pays for which model. */
export interface ChatPayment {
  readonly session: Session;
  readonly model: OpenRouterModel;
}

/** What is needed from the services. */
export interface ChatPayerHost {
  /** All sessions. Rejects where they can't be read. */
  sessions(): Promise<readonly Session[]>;
  /** The session in use. Rejects where they can't be read. */
  activeSession(): Promise<Session | undefined>;
}

/** Decides whose key pays for a request, and whether it may. */
export class ChatPayer {
  constructor(
    private readonly host: ChatPayerHost,
    private readonly access: Pick<ModelAccess, "check">,
    private readonly models: { find(id: string): Promise<OpenRouterModel | undefined> },
  ) {}

  /**
   * The session whose key may pay, and the model. Asks the user if necessary. Rejects with `ChatError`, or with the
   * signal's reason.
   */
  async choose(caller: ChatCaller): Promise<ChatPayment> {
    for (;;) {
      const session = await this.#activeSession();
      if (!session) throw notConnected();
      const model = await this.models.find(caller.model); // which may wait for the first list
      if (!model) throw new ChatError("unknownModel", `No model ${caller.model}`);
      const access = await this.#check(session, caller);
      // Meanwhile, another account may have been put in use, or the key have been removed or replaced.
      const current = await this.#activeSession();
      if (current?.id !== session.id) continue;
      assertAllowed(access);
      return { session: current, model };
    }
  }

  /** Whether the key is still here and may still pay. Rejects like `choose` where it isn't, or may not. */
  async chooseAgain(session: Session, caller: ChatCaller): Promise<void> {
    const sessions = await this.host.sessions().catch(keysUnreadable);
    if (!sessions.some(({ key }) => key === session.key)) throw notConnected();
    assertAllowed(await this.#check(session, caller));
  }

  async #check(session: Session, { initiator, signal }: ChatCaller): Promise<Access> {
    const access = await this.access.check(initiator, session, signal);
    signal.throwIfAborted();
    return access;
  }

  #activeSession(): Promise<Session | undefined> {
    return this.host.activeSession().catch(keysUnreadable);
  }
}

/** There is no key, or no longer. */
export const notConnected = () => new ChatError("notConnected", "There is no key");

function assertAllowed(access: Access): void {
  if (access === "denied") throw new ChatError("notAllowed", "The extension isn't allowed");
  if (access === "unanswered") throw new ChatError("notAnswered", "The user didn't answer in time");
}

function keysUnreadable(cause: unknown): never {
  throw new ChatError("keysUnreadable", "The keys can't be read", { cause });
}
