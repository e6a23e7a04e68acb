import type { OpenRouterModel } from "../openrouter/model";
import type { Session } from "../sessions/session";
import { ChatError, type UsedBudget } from "./chatError";
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

/** What each extension may spend. */
export interface ChatBudgets {
  /**
   * Why a request of this extension must not be sent; undefined where it may be. Rejects where that can't be said.
   * @param noted what is already noted of this very request, in billionths of a USD
   */
  check(initiator: string | undefined, noted: number): Promise<UsedBudget | "invalid" | undefined>;
}

/** Decides whose key pays for a request, and whether it may. */
export class ChatPayer {
  constructor(
    private readonly host: ChatPayerHost,
    private readonly access: Pick<ModelAccess, "check">,
    private readonly models: { find(id: string): Promise<OpenRouterModel | undefined> },
    private readonly budgets: ChatBudgets,
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
      if (access === "allowed" && !isFree(model)) await this.#assertWithinBudget(caller);
      // Meanwhile, another account may have been put in use, or the key have been removed or replaced.
      const current = await this.#activeSession();
      if (current?.id !== session.id) continue;
      assertAllowed(access);
      return { session: current, model };
    }
  }

  /**
   * Whether the key is still here and may still pay. Rejects like `choose` where it isn't, or may not.
   * @param noted what is noted as spent of this very request, in billionths of a USD
   */
  async chooseAgain(session: Session, caller: ChatCaller, noted = 0): Promise<void> {
    const sessions = await this.host.sessions().catch(keysUnreadable);
    if (!sessions.some(({ key }) => key === session.key)) throw notConnected();
    assertAllowed(await this.#check(session, caller));
    const model = await this.models.find(caller.model);
    if (!model || !isFree(model)) await this.#assertWithinBudget(caller, noted);
  }

  async #check(session: Session, { initiator, signal }: ChatCaller): Promise<Access> {
    const access = await this.access.check(initiator, session, signal);
    signal.throwIfAborted();
    return access;
  }

  async #assertWithinBudget({ initiator, signal }: ChatCaller, noted = 0): Promise<void> {
    const used = await this.budgets.check(initiator, noted).catch(spendingUnreadable);
    signal.throwIfAborted();
    if (used === "invalid")
      throw new ChatError("badSettings", "A budget is invalid", { setting: "extensionBudgets" });
    if (used) throw new ChatError("overBudget", "The budget is used up", { usedBudget: used });
  }

  #activeSession(): Promise<Session | undefined> {
    return this.host.activeSession().catch(keysUnreadable);
  }
}

/** There is no key, or no longer. */
export const notConnected = () => new ChatError("notConnected", "There is no key");

/** Without a preset, which could add what costs. */
const isFree = ({ id, prices }: OpenRouterModel) =>
  id.endsWith(":free") && prices?.prompt === 0 && prices.completion === 0;

function assertAllowed(access: Access): void {
  if (access === "denied") throw new ChatError("notAllowed", "The extension isn't allowed");
  if (access === "unanswered") throw new ChatError("notAnswered", "The user didn't answer in time");
}

function keysUnreadable(cause: unknown): never {
  throw new ChatError("keysUnreadable", "The keys can't be read", { cause });
}

function spendingUnreadable(cause: unknown): never {
  throw new ChatError("spendingUnreadable", "What was spent can't be read", { cause });
}
