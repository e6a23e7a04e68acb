import type { Session } from "../sessions/session";
import { AccessQuestions, type AccessQuestionsHost, type AccessSubject } from "./accessQuestions";
import { type AccessRecord, AccessRecords, type AccessState } from "./accessRecords";

/** Whether a request may be sent. "unanswered": the user hasn't decided in time; another request may ask again. */
export type Access = "allowed" | "denied" | "unanswered";

/** An extension as the user finds it in a list: with a decision, or without one where the question was dismissed. */
export type ListedAccess = Omit<AccessRecord, "at"> & { readonly at?: number };

/**
 * VS Code itself, and its chat. Their requests are the user's own. The id of an extension has a dot, so that none
 * can be called `core`.
 */
export const isVscode = (initiator: string) =>
  initiator === "core" || initiator.toLowerCase() === "github.copilot-chat";

/**
 * Asks the user about each extension that wants to use the models, once for each account, and keeps the answer for
 * all windows. A dismissed question isn't kept, but asked no second time in this window.
 */
export class ModelAccess {
  readonly #records: AccessRecords;
  /** About extensions that VS Code doesn't name: this window's, since the next one may be another extension. */
  readonly #unnamed: AccessRecords;
  readonly #questions: AccessQuestions;

  constructor(state: AccessState, host: AccessQuestionsHost) {
    this.#records = new AccessRecords(state, host.now);
    this.#unnamed = new AccessRecords(notShared, host.now);
    this.#questions = new AccessQuestions(host);
  }

  dispose(): void {
    this.#records.dispose();
  }

  /**
   * Whether this extension may spend the session's credits now, after asking the user if necessary. Rejects with
   * what asking rejects with.
   * @param initiator the id of the extension, if VS Code says which one it is
   * @param signal aborted when the request is canceled: then nobody waits anymore
   */
  async check(initiator: string | undefined, session: Session, signal?: AbortSignal): Promise<Access> {
    if (initiator && isVscode(initiator)) return "allowed";
    const extension = initiator?.toLowerCase() ?? "";
    await this.#recordsOf(extension).refresh();
    const decision = () => this.#decision(extension, session.id);
    const known = decision();
    if (known || signal?.aborted) return known ?? "unanswered";
    await this.#questions.ask(initiator, session, this.#subject(extension, session.id), signal);
    // The user may have decided elsewhere meanwhile.
    return decision() ?? "unanswered";
  }

  /** The extensions that asked, with what the user decided. */
  async list(): Promise<ListedAccess[]> {
    await this.refresh();
    const decided = [...this.#records.all(), ...this.#unnamed.all()].filter(
      ({ allowed }) => allowed !== undefined,
    );
    const isDecided = (extension: string, session: string) =>
      decided.some((record) => record.extension === extension && record.session === session);
    const dismissed = this.#questions
      .all()
      .filter(
        ({ extension, session }) =>
          !isDecided(extension, session) && this.#decision(extension, session) === "denied",
      );
    return [...decided, ...dismissed.map(({ extension, session }) => ({ extension, session }))];
  }

  /** Decides for the user; undefined is to ask again. Counts at once in this window, and from then on in all. */
  set(extension: string, session: string, allowed: boolean | undefined): Promise<void> {
    const id = extension.toLowerCase();
    this.#questions.reopen(id, session);
    return this.#recordsOf(id).set(id, session, allowed);
  }

  /** Forgets everything about a session that was removed. */
  async forget(session: string): Promise<void> {
    this.#questions.forget(session);
    await Promise.all([this.#records.forget(session), this.#unnamed.forget(session)]);
  }

  /** Reads what other windows have decided. */
  async refresh(): Promise<void> {
    await this.#records.refresh();
  }

  #recordsOf(extension: string): AccessRecords {
    return extension === "" ? this.#unnamed : this.#records;
  }

  #subject(extension: string, session: string): AccessSubject {
    const records = this.#recordsOf(extension);
    return {
      isDecided: () => this.#decision(extension, session) !== undefined,
      decide: (allowed) => records.set(extension, session, allowed),
      decidedAt: () => records.find(extension, session)?.at,
    };
  }

  #decision(extension: string, session: string): Exclude<Access, "unanswered"> | undefined {
    const record = this.#recordsOf(extension).find(extension, session);
    if (record?.allowed !== undefined) return record.allowed ? "allowed" : "denied";
    const dismissedAt = this.#questions.dismissedAt(extension, session);
    // Unless the user wanted it to be asked again since.
    return dismissedAt !== undefined && dismissedAt > (record?.at ?? -1) ? "denied" : undefined;
  }
}

/** Nothing to share with other windows. */
const notShared: AccessState = { get: () => undefined, update: async () => {} };
