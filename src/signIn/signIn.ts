import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import { authorizationUrl, type KeyTerms, PostAuthKeysCodeRequest } from "../openrouter/authKeysCode";
import type { Callback } from "../openrouter/callback";
import type { Session, SessionStore } from "../sessionStore";
import { SignInError } from "./errors";
import { type OpenSignIn, PendingSignIns } from "./pendingSignIns";
import { redeemCode } from "./redeemCode";
import { WaitingSignIns } from "./waitingSignIns";

/** What a sign-in asks OpenRouter for. */
export interface SignInSettings {
  readonly baseUrl: string;
  readonly asked: KeyTerms;
}

/** A finished sign-in, with what was asked of the key. */
export interface Connection {
  readonly session: Session;
  readonly asked: KeyTerms;
}

/** What a sign-in needs from the editor around it. */
export interface SignInHost {
  readonly fetch: typeof fetch;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Throws what the person must be told when a setting is of no use. */
  settings(): SignInSettings;
  /** An address that leads from the browser back to this extension, carrying the query. */
  callbackUrl(query: string): Promise<string>;
  /** Opens exactly this address; false when it stayed closed. */
  openExternal(address: string): Promise<boolean>;
}

/** One sign-in, from click to stored key; any window may finish what another began. */
export class SignIn {
  readonly #waiting: WaitingSignIns;

  constructor(
    private readonly host: SignInHost,
    private readonly store: SessionStore,
    private readonly pending: PendingSignIns,
  ) {
    this.#waiting = new WaitingSignIns(store, pending);
  }

  /**
   * Sends the person to OpenRouter and waits until a key is stored. Throws `SignInError`,
   * `OpenRouterError`, `SecretStorageError`, or the signal's reason once it is aborted.
   */
  async run(signal: AbortSignal): Promise<Connection> {
    const { baseUrl, asked } = this.host.settings();
    await this.store.list(); // no key is asked for that could not be kept
    const state = generateRandomState();
    const codeVerifier = generateRandomCodeVerifier();
    const address = authorizationUrl(baseUrl, await this.#request(state, codeVerifier, asked));
    const id = await PendingSignIns.idOf(state);
    signal.throwIfAborted();
    await this.pending.add({
      version: 1,
      id,
      startedAt: this.host.now(),
      baseUrl,
      codeVerifier,
      asked,
    });
    const waiting = this.#waiting.start(id, signal);
    try {
      if (!(await this.host.openExternal(address))) throw new SignInError("browserNotOpened");
      return { session: await waiting.session, asked };
    } catch (error) {
      // Where even this fails, the sign-in still ends by itself, with the ten minutes it lives.
      await this.pending.giveUp(id).catch(() => {});
      throw error;
    } finally {
      waiting.dispose();
    }
  }

  /**
   * Goes on with the sign-in that a callback belongs to. Where a `run` of this window waits for it, that
   * tells how it ends, and undefined is returned; otherwise the caller has to. Throws `SignInError` for a
   * callback that belongs to no sign-in under way, which ends none.
   */
  async complete(
    callback: Exclude<Callback, { kind: "foreign" }>,
  ): Promise<((signal: AbortSignal) => Promise<Connection>) | undefined> {
    if (callback.kind === "malformed") throw new SignInError("malformedCallback");
    const signIn = await this.pending.take(callback.state);
    if (signIn === "givenUp") throw new SignInError("givenUp");
    if (!signIn) throw new SignInError("unknownCallback");
    const work = (signal: AbortSignal) => this.#finish(signIn, callback, signal);
    if (this.#waiting.resume(signIn.id, work)) return undefined;
    return async (signal) => ({ session: await work(signal), asked: signIn.asked });
  }

  async #request(state: string, codeVerifier: string, asked: KeyTerms) {
    const request = PostAuthKeysCodeRequest.safeParse({
      callbackUrl: await this.host.callbackUrl(new URLSearchParams({ state }).toString()),
      codeChallenge: await calculatePKCECodeChallenge(codeVerifier),
      codeChallengeMethod: "S256",
      ...asked,
    });
    if (!request.success) throw new SignInError("noCallbackUrl", { cause: request.error });
    return request.data;
  }

  async #finish(
    signIn: OpenSignIn,
    callback: Callback & { kind: "code" | "denied" },
    signal: AbortSignal,
  ): Promise<Session> {
    if (callback.kind === "denied") {
      throw new SignInError(callback.error === "access_denied" ? "denied" : "refused");
    }
    const session = await redeemCode(signIn, callback.code, {
      fetch: this.host.fetch,
      now: this.host.now,
      signal,
    });
    await this.store.put(session);
    return session;
  }
}
