import type { SessionStore } from "../sessions/sessionStore";
import { SignInError } from "./errors";
import { type OpenSignIn, type PendingSignIns, signInLifetime } from "./pendingSignIns";
import type { Connection } from "./signIn";

/** Milliseconds that a window waits for the key once another window took its callback. */
const elsewhereLimit = 60_000;

interface Waiting {
  /** What goes on in this window once the callback has come to it. */
  resume(work: (signal: AbortSignal) => Promise<Connection>): void;
}

/** The sign-ins that this window waits for, whichever window their callback comes to. */
export class WaitingSignIns {
  readonly #waiting = new Map<string, Waiting>();

  constructor(
    private readonly store: SessionStore,
    private readonly pending: PendingSignIns,
  ) {}

  /** Goes on with the sign-in if this window waits for it. */
  resume(id: string, work: (signal: AbortSignal) => Promise<Connection>): boolean {
    const waiting = this.#waiting.get(id);
    waiting?.resume(work);
    return waiting !== undefined;
  }

  /** Waits for the sign-in's session until it is there, the time is over, or the signal aborts. */
  start(
    { id, requestedTerms }: OpenSignIn,
    signal: AbortSignal,
  ): { readonly connection: Promise<Connection>; dispose(): void } {
    const disposables: { dispose(): void }[] = [];
    const dispose = () => {
      this.#waiting.delete(id);
      for (const disposable of disposables.splice(0)) disposable.dispose();
    };
    const connection = new Promise<Connection>((resolve, reject) => {
      const failAfter = (milliseconds: number, failure: "timedOut" | "finishedElsewhere") => {
        const fail = () => reject(new SignInError(failure));
        // A last look, whose find comes as a change: what another window stored may have been unreadable.
        const timer = setTimeout(() => this.store.list().then(fail, fail), milliseconds);
        disposables.push({ dispose: () => clearTimeout(timer) });
      };
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort);
      disposables.push({ dispose: () => signal.removeEventListener("abort", abort) });
      if (signal.aborted) abort();
      failAfter(signInLifetime, "timedOut");

      this.#waiting.set(id, {
        resume: (work) => {
          dispose();
          if (!signal.aborted) resolve(work(signal)); // else it has ended, a moment ago
        },
      });

      // Another window: its taking the callback ends the waiting for one, and its session is ours as well.
      const pendingChange = this.pending.onDidChange(async (changed) => {
        if (changed !== id) return;
        const open = await this.pending.isOpen(id).catch(() => true); // can't tell: goes on waiting
        if (!open && this.#waiting.has(id)) failAfter(elsewhereLimit, "finishedElsewhere");
      });
      const storeChange = this.store.onDidChange(({ added, changed }) => {
        const ours = [...added, ...changed].find((candidate) => candidate.signInId === id);
        if (ours) resolve({ session: ours, requestedTerms });
      });
      disposables.push(pendingChange, storeChange);
    });
    connection.catch(() => {}); // an abort may come while the browser is being opened, before anyone awaits
    return { connection, dispose };
  }
}
