import type { Session } from "../sessions/session";

/** What the questions need from the editor. */
export interface AccessQuestionsHost {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Asks whether the extension may use the models with this session's key; undefined if the question was dismissed.
   * @param extension its id, as VS Code has it; undefined if VS Code doesn't say which one it is
   */
  ask(extension: string | undefined, session: Session): Promise<boolean | undefined>;
}

/** What is known about the extension and the session of a question. */
export interface AccessSubject {
  /** Whether the user has decided, maybe elsewhere. */
  isDecided(): boolean;
  /** Keeps what the user decided. */
  decide(allowed: boolean): Promise<void>;
  /** When the user last decided, in milliseconds since the epoch. */
  decidedAt(): number | undefined;
}

/** Milliseconds that a request waits for the user's answer. */
export const answerTime = 2 * 60_000;

/** A question that is open, has yet to be asked, or was dismissed. */
interface Question {
  /** In lower case; "" for one that VS Code doesn't name. */
  readonly extension: string;
  /** The session's id. */
  readonly session: string;
  /** The requests that wait for the answer. */
  waiting: number;
  /** Settles when it is closed. */
  readonly closed: Promise<void>;
  /** When it was dismissed, in milliseconds since the epoch. */
  dismissedAt?: number;
}

/** The questions of this window, one after the other: one about each extension and session. */
export class AccessQuestions {
  readonly #questions = new Map<string, Question>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: AccessQuestionsHost) {}

  /**
   * Asks, or joins those who wait for the answer. Resolves when the question is closed, `answerTime` is over, or the
   * signal is aborted. Rejects with what asking rejects with.
   */
  async ask(
    initiator: string | undefined,
    session: Session,
    subject: AccessSubject,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const extension = initiator?.toLowerCase() ?? "";
    const open = this.#find(extension, session.id);
    const question = open?.dismissedAt === undefined && open ? open : this.#add(initiator, session, subject);
    question.waiting++;
    await inTime(question.closed, signal).finally(() => question.waiting--);
  }

  /** When the question about this extension was dismissed, in milliseconds since the epoch. */
  dismissedAt(extension: string, session: string): number | undefined {
    return this.#find(extension, session)?.dismissedAt;
  }

  /** All that are open, have yet to be asked, or were dismissed. */
  all(): readonly Pick<Question, "extension" | "session">[] {
    return [...this.#questions.values()];
  }

  /** Forgets that a question was dismissed. */
  reopen(extension: string, session: string): void {
    const key = keyOf(extension, session);
    if (this.#questions.get(key)?.dismissedAt !== undefined) this.#questions.delete(key);
  }

  /** Forgets all questions about a session. What the user answers to an open one doesn't count. */
  forget(session: string): void {
    for (const [key, question] of this.#questions)
      if (question.session === session) this.#questions.delete(key);
  }

  #find(extension: string, session: string): Question | undefined {
    return this.#questions.get(keyOf(extension, session));
  }

  #add(initiator: string | undefined, session: Session, subject: AccessSubject): Question {
    const extension = initiator?.toLowerCase() ?? "";
    const closed = this.#last.then(() => this.#ask(question, initiator || undefined, session, subject));
    const question: Question = { extension, session: session.id, waiting: 0, closed };
    this.#questions.set(keyOf(extension, session.id), question);
    this.#last = closed.catch(() => {}); // those who wait for it report why it failed
    return question;
  }

  async #ask(
    question: Question,
    initiator: string | undefined,
    session: Session,
    subject: AccessSubject,
  ): Promise<void> {
    const { extension } = question;
    const isForgotten = () => this.#find(extension, session.id) !== question;
    // While another question was open, the requests may have ended, or the user may have decided.
    const isWanted = question.waiting > 0 && !subject.isDecided();
    try {
      const allowed = isWanted ? await this.host.ask(initiator, session) : undefined;
      if (isForgotten()) return; // the key was removed meanwhile
      if (allowed !== undefined) await subject.decide(allowed);
      else if (isWanted) question.dismissedAt = Math.max(this.host.now(), (subject.decidedAt() ?? 0) + 1);
    } finally {
      if (!isForgotten() && question.dismissedAt === undefined)
        this.#questions.delete(keyOf(extension, session.id));
    }
  }
}

const keyOf = (extension: string, session: string) => `${extension}\n${session}`;

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
