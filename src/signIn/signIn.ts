import { generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import type { KeyTerms } from "../openrouter/authorizationRequest";
import type { Callback } from "../openrouter/callback";
import type { Session } from "../sessions/session";
import type { SessionStore } from "../sessions/sessionStore";
import { storeIssuedKey } from "../sessions/storeIssuedKey";
import { addressForCallback, openAuthorizationPage } from "./authorizationPage";
import { enterCode } from "./codeEntryFlow";
import { SignInCancelled, SignInError } from "./errors";
import { type FlowId, flowsFor } from "./flows";
import { startLoopbackServer } from "./loopbackServer";
import { type OpenSignIn, PendingSignIns } from "./pendingSignIns";
import { sessionFromCode } from "./sessionFromCode";
import type { SignInHost } from "./signInHost";
import { environmentSummary, logName, redactedOrigin, withLog } from "./signInLog";
import { WaitingSignIns } from "./waitingSignIns";

/** A finished sign-in, with what was requestedTerms of the key. */
export interface Connection {
  readonly session: Session;
  readonly requestedTerms: KeyTerms;
}

/** One sign-in, from click to stored key; any window may finish what another began. */
export class SignIn {
  readonly #waiting: WaitingSignIns;
  #loggedSummary = "";

  constructor(
    private readonly host: SignInHost,
    private readonly store: SessionStore,
    private readonly pending: PendingSignIns,
  ) {
    this.#waiting = new WaitingSignIns(store, pending);
  }

  /** The flows that work here, the one to begin with first. */
  async flows(): Promise<FlowId[]> {
    const callbackUrl = await this.host.callbackUrl("").catch(() => undefined); // as good as having none
    const environment = { ...this.host.environment, callbackUrl };
    const flows = flowsFor(environment);
    const summary = `${this.host.editor}, ${environmentSummary(environment)}; ways: ${flows.join(", ")}`;
    if (summary !== this.#loggedSummary) this.host.log.info(summary);
    this.#loggedSummary = summary;
    return flows;
  }

  /**
   * Sends the person to OpenRouter and waits until a key is stored. Throws `SignInError`,
   * `OpenRouterError`, `SecretStorageError`, or the signal's reason once it is aborted.
   */
  async run(flow: FlowId, signal: AbortSignal): Promise<Connection> {
    const state = generateRandomState();
    const id = await PendingSignIns.idOf(state);
    const work = () => this.#run(flow, { state, id }, signal);
    return withLog(`${logName(id)} by ${flow}`, this.host, signal, work);
  }

  async #run(
    flow: FlowId,
    { state, id }: { state: string; id: string },
    signal: AbortSignal,
  ): Promise<Connection> {
    const { baseUrl, requestedTerms } = this.host.settings();
    await this.store.listForWriting(); // no key is requestedTerms for that could not be kept
    const codeVerifier = generateRandomCodeVerifier();
    const signIn = {
      version: 1,
      id,
      startedAt: this.host.now(),
      baseUrl,
      requestedTerms,
      codeVerifier,
    } as const;
    signal.throwIfAborted();
    if (flow === "codeEntry") return this.#enterCode(signIn, signal);
    const query = new URLSearchParams({ state }).toString();
    if (flow === "uriCallback") {
      const callbackUrl = await this.host.callbackUrl(query).catch(() => ""); // as good as one of no use
      return this.#waitForCallback(signIn, callbackUrl, signal);
    }
    const loopback = await startLoopbackServer(state, this.host.loopbackPage(), (callback) => {
      this.complete(callback).catch(() => {}); // of a sign-in that has ended, and told how
    });
    try {
      return await this.#waitForCallback(signIn, loopback.callbackUrl(query), signal);
    } finally {
      loopback.dispose();
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
    const { state } = callback;
    const taking = this.#whereAllIsSeen(() => this.pending.take(state));
    const signIn = await taking.catch(async (error: unknown) => {
      // The browser won't come again, so a `run` of this window that waits for it ends, and tells why.
      const id = await PendingSignIns.idOf(state ?? "");
      throw this.#waiting.resume(id, () => Promise.reject(error)) ? new SignInCancelled() : error;
    });
    if (signIn === "givenUp") throw new SignInError("givenUp");
    if (!signIn) throw new SignInError("unknownCallback");
    const work = async (signal: AbortSignal) => {
      if (callback.kind === "code") return this.#finish(signIn, callback.code, signal);
      throw new SignInError(callback.error === "access_denied" ? "denied" : "refused");
    };
    const name = logName(signIn.id);
    this.host.log.info(`${name}: the browser came back (${callback.kind})`);
    if (this.#waiting.resume(signIn.id, work)) return undefined;
    return (signal) => withLog(`${name}, begun elsewhere,`, this.host, signal, () => work(signal));
  }

  async #waitForCallback(signIn: OpenSignIn, callbackUrl: string, signal: AbortSignal): Promise<Connection> {
    const address = await addressForCallback(signIn, callbackUrl);
    const waiting = this.#waiting.start(signIn, signal);
    try {
      await this.pending.add(signIn);
      signal.throwIfAborted();
      const opened = (await openAuthorizationPage(address, this.host)) ? "opened" : "closed";
      this.host.log.debug(
        `${logName(signIn.id)}: browser ${opened}, callback ${redactedOrigin(callbackUrl)}`,
      );
      if (opened === "closed") this.host.offerAddress(address);
      return await waiting.connection;
    } catch (error) {
      // Where even this fails, the sign-in still ends by itself, with the ten minutes it lives.
      await this.#whereAllIsSeen(() => this.pending.giveUp(signIn.id)).catch(() => {});
      throw error;
    } finally {
      waiting.dispose();
    }
  }

  async #enterCode(signIn: OpenSignIn, signal: AbortSignal): Promise<Connection> {
    const [first] = await this.flows();
    return enterCode(signIn, this.host, first === "codeEntry", signal, async ({ code, state }) => {
      if (state === undefined) return this.#finish(signIn, code, signal);
      const goOn = await this.complete({ kind: "code", code, state });
      if (!goOn) throw new SignInCancelled(); // a sign-in that waits in this window goes on with it
      return goOn(signal);
    });
  }

  /** VS Code in a browser writes all secrets back with each: a window that doesn't see one would lose it. */
  async #whereAllIsSeen<T>(write: () => Promise<T>): Promise<T> {
    await this.store.listForWriting(this.store.current());
    return write();
  }

  async #finish(signIn: OpenSignIn, code: string, signal: AbortSignal): Promise<Connection> {
    const { fetch, log, now } = this.host;
    const fresh = await sessionFromCode(signIn, code, { fetch, log, now, signal });
    return {
      session: await storeIssuedKey(fresh, this.store, this.host, now),
      requestedTerms: signIn.requestedTerms,
    };
  }
}
