import { generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import { errorText } from "../common/log";
import type { Callback } from "../openrouter/callback";
import type { SessionStore } from "../sessions/sessionStore";
import { storeIssuedKey } from "../sessions/storeIssuedKey";
import { addressForCallback, openAuthorizationPage } from "./authorizationPage";
import { enterCode } from "./codeEntryFlow";
import type { Connection } from "./connection";
import { SignInCancelled, SignInError } from "./errors";
import { type FlowId, flowsFor } from "./flows";
import { startLoopbackServer } from "./loopbackServer";
import { type OpenSignIn, PendingSignIns } from "./pendingSignIns";
import { sessionFromCode } from "./sessionFromCode";
import type { SignInHost } from "./signInHost";
import { environmentSummary, logName, redactedOrigin, withLog } from "./signInLog";
import { WaitingSignIns } from "./waitingSignIns";

/** A callback on our path, whatever it says. */
type SignInCallback = Exclude<Callback, { kind: "foreign" }>;

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
    await this.store.list(); // afresh: no key is requested that could not be stored
    await this.store.assertWritable();
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
   * Completes the sign-in that a callback belongs to, and ends none with a callback that belongs to none. Returns
   * undefined where a `run` of this window waits for it, which then returns the connection, or throws. Otherwise
   * throws as `run` does.
   */
  complete(callback: SignInCallback): Promise<Connection | undefined> {
    return this.#complete(callback, (work) => this.host.withProgress(work));
  }

  /** @param finish runs the end of a sign-in that no `run` of this window waits for */
  async #complete(
    callback: SignInCallback,
    finish: (work: (signal: AbortSignal) => Promise<Connection>) => PromiseLike<Connection>,
  ): Promise<Connection | undefined> {
    if (callback.kind === "malformed") throw this.#unusable(callback, new SignInError("malformedCallback"));
    const signIn = await this.#take(callback);
    if (!signIn) return undefined;
    const name = logName(signIn.id);
    this.host.log.info(`${name}: the browser came back (${callback.kind})`);
    const claimed = this.#waiting.claim(signIn.id);
    if (!claimed) {
      return finish((signal) =>
        withLog(`${name}, begun elsewhere,`, this.host, signal, () => this.#finish(signIn, callback, signal)),
      );
    }
    claimed.settle(this.#finish(signIn, callback, claimed.signal));
    return undefined;
  }

  /** The sign-in of this callback, for this once; undefined where a `run` of this window reports why not. */
  async #take(callback: Exclude<SignInCallback, { kind: "malformed" }>): Promise<OpenSignIn | undefined> {
    try {
      const signIn = await this.pending.take(callback.state);
      if (signIn === "givenUp") throw new SignInError("givenUp");
      if (!signIn) throw new SignInError("unknownCallback");
      return signIn;
    } catch (error) {
      this.#unusable(callback, error);
      if (error instanceof SignInError) throw error;
      // It could not be read, and the browser won't come again, so a `run` that waits for it ends.
      const claimed = this.#waiting.claim(await PendingSignIns.idOf(callback.state ?? ""));
      if (!claimed) throw error;
      claimed.settle(Promise.reject(error));
      return undefined;
    }
  }

  #unusable({ kind }: SignInCallback, error: unknown): unknown {
    this.host.log.warn(`A callback (${kind}) can't be used: ${errorText(error)}`);
    return error;
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
      await this.pending.giveUp(signIn.id).catch(() => {});
      throw error;
    } finally {
      waiting.dispose();
    }
  }

  async #enterCode(signIn: OpenSignIn, signal: AbortSignal): Promise<Connection> {
    const [first] = await this.flows();
    return enterCode(signIn, this.host, first === "codeEntry", signal, async ({ code, state }) => {
      if (state === undefined) return this.#finish(signIn, { code }, signal);
      const connection = await this.#complete({ kind: "code", code, state }, (work) => work(signal));
      if (!connection) throw new SignInCancelled(); // another `run` of this window goes on with it
      return connection;
    });
  }

  async #finish(
    signIn: OpenSignIn,
    callback: { readonly code: string } | { readonly error: string },
    signal: AbortSignal,
  ): Promise<Connection> {
    signal.throwIfAborted();
    if ("error" in callback) {
      throw new SignInError(callback.error === "access_denied" ? "denied" : "refused");
    }
    const { fetch, log, now } = this.host;
    const fresh = await sessionFromCode(signIn, callback.code, { fetch, log, now, signal });
    const session = await storeIssuedKey(fresh, this.store, this.host, now);
    return { session, requestedTerms: signIn.requestedTerms };
  }
}
