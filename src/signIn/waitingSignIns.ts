import type { SessionStore } from "../sessions/sessionStore";
import type { Connection, ConnectionWait } from "./connection";
import { SignInError } from "./errors";
import { type OpenSignIn, type PendingSignIns, signInLifetime } from "./pendingSignIns";

/** Milliseconds that a window waits for the key after another window took its callback, or asks about the key. */
const elsewhereLimit = 60_000;

/** The sign-ins that this window waits for, whichever window their callback comes to. */
export class WaitingSignIns {
  readonly #waiting = new Map<string, () => ConnectionWait>();

  constructor(
    private readonly store: SessionStore,
    private readonly pending: PendingSignIns,
  ) {}

  /** Takes over a sign-in that this window waits for, which is then to be settled; undefined if it doesn't. */
  claim(id: string): ConnectionWait | undefined {
    return this.#waiting.get(id)?.();
  }

  /** Waits for the sign-in's session until it is stored, the time is over, or the signal aborts. */
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
        const timer = setTimeout(async () => {
          // Reads once more: what another window stored may have been unreadable. It is found as a change.
          const isHeld = await this.store.isHeld(id).catch(() => false);
          if (isHeld && this.#waiting.has(id)) failAfter(elsewhereLimit, failure);
          else reject(new SignInError(failure));
        }, milliseconds);
        disposables.push({ dispose: () => clearTimeout(timer) });
      };
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort);
      disposables.push({ dispose: () => signal.removeEventListener("abort", abort) });
      if (signal.aborted) abort();
      failAfter(signInLifetime, "timedOut");

      this.#waiting.set(id, () => {
        dispose();
        const settle = (settled: Promise<Connection>) => {
          settled.catch(() => {}); // after a cancel, nothing else awaits it
          resolve(settled);
        };
        return { signal, settle };
      });

      // Another window took the callback: it may store the session, which then ends the waiting here.
      const pendingChange = this.pending.onDidChange(async (changed) => {
        if (changed !== id) return;
        const open = await this.pending.isOpen(id).catch(() => true); // unknown: keeps waiting
        if (!open && this.#waiting.has(id)) failAfter(elsewhereLimit, "finishedElsewhere");
      });
      const storeChange = this.store.onDidChange(({ added, changed }) => {
        const ours = [...added, ...changed].find((candidate) => candidate.signInId === id);
        if (ours) resolve({ session: ours, requestedTerms, isShown: true });
      });
      disposables.push(pendingChange, storeChange);
    });
    connection.catch(() => {}); // an abort may come while the browser is being opened, before anyone awaits
    return { connection, dispose };
  }
}
