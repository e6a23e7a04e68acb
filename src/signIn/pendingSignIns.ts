import * as z from "zod/mini";
import { sha256Hex } from "../openrouter/apiKey";
import { KeyTerms } from "../openrouter/keyTerms";
import { SecretCollection, type Secrets } from "../sessions/secretCollection";
import { SignInCanceled } from "./errors";

/** Milliseconds: as long as OpenRouter's codes are valid (OpenRouter's guide "OAuth PKCE"). */
export const signInLifetime = 10 * 60_000;

const PendingSignIn = z.object({
  version: z.literal(1),
  id: z.string(),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  baseUrl: z.string(),
  requestedTerms: KeyTerms,
  /** The id of the session that the user connects again, if it is known. */
  replaces: z.optional(z.string()),
  /** Removed once the user cancels. What is left only recognizes a late callback. */
  codeVerifier: z.optional(z.string()),
});
export type PendingSignIn = z.infer<typeof PendingSignIn>;

/** A sign-in that can be finished, as opposed to one that was canceled. */
export type OpenSignIn = PendingSignIn & { readonly codeVerifier: string };

const isOpen = (signIn: PendingSignIn): signIn is OpenSignIn => signIn.codeVerifier !== undefined;

/**
 * The sign-ins under way, in SecretStorage, so that whichever window gets the callback can finish the sign-in, also
 * after a reload. Each is used once, and expires after ten minutes.
 */
export class PendingSignIns {
  readonly #records: SecretCollection<PendingSignIn>;
  /** Fires with the id of a sign-in that was added, taken or canceled, in this window or another. */
  readonly onDidChange;
  /** Taken by this window: SecretStorage can't test and delete in one step, but one window can. */
  readonly #taken = new Set<string>();
  /** Canceled in this window, from the moment the user does so, before SecretStorage knows it. */
  readonly #canceled = new Set<string>();

  /** @param beforeWrite rejects where no secret must be written now; see `SecretCollection` */
  constructor(
    secrets: Secrets,
    private readonly now: () => number,
    beforeWrite: () => Promise<void>,
  ) {
    this.#records = new SecretCollection(secrets, "signIn", PendingSignIn, beforeWrite);
    this.onDidChange = this.#records.onDidChange;
  }

  dispose(): void {
    this.#records.dispose();
  }

  /** The id under which a sign-in is stored: not the state itself, since VS Code logs the names of secrets. */
  static async idOf(state: string): Promise<string> {
    return (await sha256Hex(state)).slice(0, 32);
  }

  /** Adds a sign-in, and removes those that have expired. Throws `SecretStorageError`. */
  async add(signIn: OpenSignIn): Promise<void> {
    for (const [id, record] of await this.#records.list()) {
      if (record === "corrupt" || this.#isOver(record)) await this.#records.delete(id);
    }
    await this.#records.put(signIn.id, signIn);
  }

  /** Whether the sign-in can still be finished, or this window is finishing it. */
  async isOpen(id: string): Promise<boolean> {
    if (this.#taken.has(id)) return true;
    const record = await this.#get(id);
    return record !== undefined && isOpen(record);
  }

  /**
   * Takes the sign-in that a callback with this state belongs to, once. "canceled" when the user canceled it;
   * undefined when it is unknown, used or expired. Without a state it is the only one under way, if there is
   * exactly one. Throws `SecretStorageError`, or `SignInCanceled` if the user cancels at the same time.
   */
  async take(state: string | undefined): Promise<OpenSignIn | "canceled" | undefined> {
    const id = state === undefined ? await this.#onlyOpen() : await PendingSignIns.idOf(state);
    if (id === undefined || this.#taken.has(id)) return undefined;
    if (this.#canceled.has(id)) return (await this.#get(id)) && "canceled";
    this.#taken.add(id); // before the first await that another callback could slip through
    let taken = false;
    try {
      const record = await this.#get(id);
      if (!record) return undefined;
      if (!isOpen(record)) return "canceled";
      await this.#records.delete(id);
      taken = true;
      if (this.#canceled.has(id)) throw new SignInCanceled();
      return record;
    } finally {
      if (!taken) this.#taken.delete(id);
    }
  }

  /** Marks the sign-in as canceled, so that a late callback can't finish it. Throws `SecretStorageError`. */
  async cancel(id: string): Promise<void> {
    this.#canceled.add(id);
    const record = await this.#records.get(id);
    if (record === undefined || record === "corrupt" || this.#taken.has(id)) return;
    if (this.#isOver(record)) return this.#records.delete(id);
    const { codeVerifier: _, ...rest } = record;
    await this.#records.put(id, rest);
  }

  async #onlyOpen(): Promise<string | undefined> {
    const open = [...(await this.#records.list()).values()].filter(
      (record) => record !== "corrupt" && !this.#isOver(record) && isOpen(record),
    );
    const [only] = open;
    return open.length === 1 && only !== "corrupt" ? only?.id : undefined;
  }

  async #get(id: string): Promise<PendingSignIn | undefined> {
    const record = await this.#records.get(id);
    return record === undefined || record === "corrupt" || this.#isOver(record) ? undefined : record;
  }

  #isOver({ startedAt }: PendingSignIn): boolean {
    return Math.abs(this.now() - startedAt) > signInLifetime;
  }
}
