import type { Session } from "../sessions/session";
import { type AccessRecord, AccessRecords, type AccessState } from "./accessRecords";

/** Whether a request may be sent. "unanswered": the user hasn't decided in time; another request may ask again. */
export type Access = "allowed" | "denied" | "unanswered";

/** What the consent needs from the editor. */
export interface ModelAccessHost {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Asks whether the extension may use the models with this session's key; undefined if the question was dismissed.
   * @param extension its id, as VS Code has it; undefined if VS Code doesn't say which one it is
   */
  ask(extension: string | undefined, session: Session): Promise<boolean | undefined>;
}

/** An extension as the user finds it in a list: with a decision, or without one where the question was dismissed. */
export type ListedAccess = Omit<AccessRecord, "at"> & { readonly at?: number };

/** Milliseconds that a request waits for the user's answer. */
export const answerTime = 2 * 60_000;

/**
 * VS Code itself, and its chat. Their requests are the user's own. The id of an extension has a dot, so that none
 * can be called `core`.
 */
export const isVscode = (initiator: string) =>
  initiator === "core" || initiator.toLowerCase() === "github.copilot-chat";

/** A question that is open, has yet to be asked, or was dismissed. */
interface Question {
  readonly extension: string;
  readonly session: string;
  /** The requests that wait for the answer. */
  waiting: number;
  /** Settles when it is closed. */
  readonly closed: Promise<void>;
  /** When it was dismissed, in milliseconds since the epoch. */
  dismissedAt?: number;
}

/**
 * Asks the user about each extension that wants to use the models, once for each account, and keeps the answer for
 * all windows. A dismissed question isn't kept, but asked no second time in this window.
 */
export class ModelAccess {
  readonly #records: AccessRecords;
  /** About extensions that VS Code doesn't name: this window's, since the next one may be another extension. */
  readonly #unnamed: AccessRecords;
  readonly #questions = new Map<string, Question>();
  /** One question after the other. */
  #lastQuestion: Promise<unknown> = Promise.resolve();

  constructor(
    state: AccessState,
    private readonly host: ModelAccessHost,
  ) {
    this.#records = new AccessRecords(state, host.now);
    this.#unnamed = new AccessRecords(notShared, host.now);
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
    const known = this.#decision(extension, session.id);
    if (known || signal?.aborted) return known ?? "unanswered";
    const question = this.#question(initiator, session);
    question.waiting++;
    await inTime(question.closed, signal).finally(() => question.waiting--);
    // The user may have decided elsewhere meanwhile.
    return this.#decision(extension, session.id) ?? "unanswered";
  }

  /** The extensions that asked, with what the user decided. */
  async list(): Promise<ListedAccess[]> {
    await this.refresh();
    const decided = [...this.#records.all(), ...this.#unnamed.all()].filter(
      ({ allowed }) => allowed !== undefined,
    );
    const isDecided = ({ extension, session }: Question) =>
      decided.some((record) => record.extension === extension && record.session === session);
    const dismissed = [...this.#questions.values()].filter(
      (question) => !isDecided(question) && this.#decision(question.extension, question.session) === "denied",
    );
    return [...decided, ...dismissed.map(({ extension, session }) => ({ extension, session }))];
  }

  /** Decides for the user; undefined is to ask again. Counts at once in this window, and from then on in all. */
  set(extension: string, session: string, allowed: boolean | undefined): Promise<void> {
    const id = extension.toLowerCase();
    const key = questionId(id, session);
    if (this.#questions.get(key)?.dismissedAt !== undefined) this.#questions.delete(key);
    return this.#recordsOf(id).set(id, session, allowed);
  }

  /** Forgets everything about a session that was removed. */
  async forget(session: string): Promise<void> {
    for (const [key, question] of this.#questions)
      if (question.session === session) this.#questions.delete(key);
    await Promise.all([this.#records.forget(session), this.#unnamed.forget(session)]);
  }

  /** Reads what other windows have decided. */
  async refresh(): Promise<void> {
    await this.#records.refresh();
  }

  #recordsOf(extension: string): AccessRecords {
    return extension === "" ? this.#unnamed : this.#records;
  }

  #decision(extension: string, session: string): Exclude<Access, "unanswered"> | undefined {
    const record = this.#recordsOf(extension).find(extension, session);
    if (record?.allowed !== undefined) return record.allowed ? "allowed" : "denied";
    const dismissedAt = this.#questions.get(questionId(extension, session))?.dismissedAt;
    // Unless the user wanted it to be asked again since.
    return dismissedAt !== undefined && dismissedAt > (record?.at ?? -1) ? "denied" : undefined;
  }

  /** The question about this extension: the one that is open, or else a new one. */
  #question(initiator: string | undefined, session: Session): Question {
    const extension = initiator?.toLowerCase() ?? "";
    const key = questionId(extension, session.id);
    const open = this.#questions.get(key);
    if (open && open.dismissedAt === undefined) return open;
    const closed = this.#lastQuestion.then(() => this.#ask(question, initiator || undefined, session));
    const question: Question = { extension, session: session.id, waiting: 0, closed };
    this.#questions.set(key, question);
    this.#lastQuestion = closed.catch(() => {}); // those who wait for it report why it failed
    return question;
  }

  async #ask(question: Question, initiator: string | undefined, session: Session): Promise<void> {
    const { extension } = question;
    const id = questionId(extension, session.id);
    const isForgotten = () => this.#questions.get(id) !== question;
    // While another question was open, the requests may have ended, or the user may have decided.
    const isWanted = question.waiting > 0 && !this.#decision(extension, session.id);
    try {
      const allowed = isWanted ? await this.host.ask(initiator, session) : undefined;
      if (isForgotten()) return; // the key was removed meanwhile
      const records = this.#recordsOf(extension);
      if (allowed !== undefined) await records.set(extension, session.id, allowed);
      else if (isWanted)
        question.dismissedAt = Math.max(this.host.now(), (records.find(extension, session.id)?.at ?? 0) + 1);
    } finally {
      if (!isForgotten() && question.dismissedAt === undefined) this.#questions.delete(id);
    }
  }
}

const questionId = (extension: string, session: string) => `${extension}\n${session}`;

/** Nothing to share with other windows. */
const notShared: AccessState = { get: () => undefined, update: async () => {} };

/** Waits until the question is closed, the time is up, or nobody needs the answer anymore. */
async function inTime(closed: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(end, answerTime);
  signal?.addEventListener("abort", end);
  try {
    await Promise.race([closed, ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}
