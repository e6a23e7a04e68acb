import { generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import { errorText } from "../common/log";
import type { Callback } from "../openrouter/callback";
import type { SessionStore } from "../sessions/sessionStore";
import { storeIssuedKey } from "../sessions/storeIssuedKey";
import { authorizationUrlForCallback, openAuthorizationPage } from "./authorizationPage";
import { AvailableFlows } from "./availableFlows";
import { enterCode } from "./codeEntryFlow";
import type { Connection, ConnectionWait } from "./connection";
import { SignInCanceled, SignInError } from "./errors";
import type { FlowId } from "./flows";
import { startLoopbackServer } from "./loopbackServer";
import { type OpenSignIn, PendingSignIns } from "./pendingSignIns";
import { sessionFromCode } from "./sessionFromCode";
import type { SignInHost, SignInSettings } from "./signInHost";
import { logName, redactedOrigin, withLog } from "./signInLog";
import { WaitingSignIns } from "./waitingSignIns";

/** A callback on our path, whatever it says. */
type SignInCallback = Exclude<Callback, { kind: "foreign" }>;

/** Sign-ins, from click to stored key. Any window may finish what another began. */
export class SignIn {
  readonly #waiting: WaitingSignIns;
  readonly #flows: AvailableFlows;

  constructor(
    private readonly host: SignInHost,
    private readonly store: SessionStore,
    private readonly pending: PendingSignIns,
  ) {
    this.#waiting = new WaitingSignIns(store, pending);
    this.#flows = new AvailableFlows(host);
  }

  /** The flows that work here, the one to begin with first. */
  flows(): Promise<FlowId[]> {
    return this.#flows.find();
  }

  /** What is requested of OpenRouter. Throws, as `run` does, where no key could be requested or stored. */
  async prepare(): Promise<SignInSettings> {
    const settings = this.host.settings();
    await this.store.list(); // not from the cache
    await this.store.assertWritable();
    return settings;
  }

  /**
   * Sends the user to OpenRouter and waits until a key is stored. Throws `SettingError`, `SignInError`,
   * `OpenRouterError`, `SecretStorageError`, or the signal's reason once it is aborted.
   * @param replaces the id of the session that the user connects again, if it is known
   */
  async run(flow: FlowId, signal: AbortSignal, replaces?: string): Promise<Connection> {
    const state = generateRandomState();
    const id = await PendingSignIns.idOf(state);
    const running = this.#run(flow, { state, id, replaces }, signal);
    return withLog(`${logName(id)} by ${flow}`, this.host, signal, running);
  }

  async #run(
    flow: FlowId,
    { state, id, replaces }: { state: string; id: string; replaces: string | undefined },
    signal: AbortSignal,
  ): Promise<Connection> {
    const { baseUrl, requestedTerms } = await this.prepare();
    const codeVerifier = generateRandomCodeVerifier();
    const signIn = {
      version: 1,
      id,
      startedAt: this.host.now(),
      baseUrl,
      requestedTerms,
      codeVerifier,
      ...(replaces !== undefined && { replaces }),
    } as const;
    signal.throwIfAborted();
    if (flow === "codeEntry") return this.#enterCode(signIn, signal);
    const query = new URLSearchParams({ state }).toString();
    if (flow === "uriCallback") {
      const callbackUrl = await this.host.callbackUrl(query).catch(() => ""); // which OpenRouter would reject as well
      return this.#waitForCallback(signIn, callbackUrl, signal);
    }
    const loopback = await startLoopbackServer(state, this.host.loopbackPage(), (callback) => {
      this.complete(callback).catch(() => {}); // its sign-in has ended and reported that
    });
    try {
      return await this.#waitForCallback(signIn, loopback.callbackUrl(query), signal);
    } finally {
      loopback.dispose();
    }
  }

  /**
   * Completes the sign-in that a callback belongs to. A callback that belongs to none ends none. Returns undefined
   * where a `run` of this window waits for it: then `run` returns the connection, or throws. Otherwise throws as
   * `run` does.
   */
  complete(callback: SignInCallback): Promise<Connection | undefined> {
    return this.#complete(callback, () => this.host.showProgress());
  }

  /** @param wait what waits for a sign-in that no `run` of this window waits for */
  async #complete(callback: SignInCallback, wait: () => ConnectionWait): Promise<Connection | undefined> {
    if (callback.kind === "malformed") throw this.#unusable(callback, new SignInError("malformedCallback"));
    const signIn = await this.#take(callback);
    if (!signIn) return undefined;
    const name = logName(signIn.id);
    this.host.log.info(`${name}: the browser came back (${callback.kind})`);
    const claimed = this.#waiting.claim(signIn.id);
    const { signal, settle } = claimed ?? wait();
    const finishing = this.#finish(signIn, callback, signal);
    const connection = claimed
      ? finishing
      : withLog(`${name}, begun elsewhere,`, this.host, signal, finishing);
    settle(connection);
    return claimed ? undefined : connection;
  }

  /** The sign-in of this callback, once; undefined where a `run` of this window reports why there is none. */
  async #take(callback: Exclude<SignInCallback, { kind: "malformed" }>): Promise<OpenSignIn | undefined> {
    try {
      const signIn = await this.pending.take(callback.state);
      if (signIn === "canceled") throw new SignInError("canceled");
      if (!signIn) throw new SignInError("unknownCallback");
      return signIn;
    } catch (error) {
      this.#unusable(callback, error);
      if (error instanceof SignInError) throw error;
      // It couldn't be read, and there won't be another callback, so a `run` that waits for it ends.
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
    const url = await authorizationUrlForCallback(signIn, callbackUrl);
    const waiting = this.#waiting.start(signIn, signal);
    try {
      await this.pending.add(signIn);
      signal.throwIfAborted();
      // VS Code's question may stay open. The sign-in can end all the same: by a cancel, its timeout, or a callback.
      const opening = openAuthorizationPage(url, this.host).then((opened) => {
        const browser = opened ? "opened" : "closed";
        this.host.log.debug(
          `${logName(signIn.id)}: browser ${browser}, callback ${redactedOrigin(callbackUrl)}`,
        );
        if (!opened && !signal.aborted) this.host.offerUrl(url);
        return waiting.connection;
      });
      return await Promise.race([opening, waiting.connection]);
    } catch (error) {
      // Where even this fails, the sign-in still expires after ten minutes.
      await this.pending.cancel(signIn.id).catch(() => {});
      throw error;
    } finally {
      waiting.dispose();
    }
  }

  async #enterCode(signIn: OpenSignIn, signal: AbortSignal): Promise<Connection> {
    const [first] = await this.flows();
    return enterCode(signIn, this.host, first === "codeEntry", signal, async ({ code, state }) => {
      if (state === undefined) return this.#finish(signIn, { code }, signal);
      const connection = await this.#complete({ kind: "code", code, state }, () => ({ signal, settle() {} }));
      if (!connection) throw new SignInCanceled(); // another `run` of this window continues with it
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
    const session = await storeIssuedKey(fresh, this.store, this.host, signIn.replaces);
    return { session, requestedTerms: signIn.requestedTerms };
  }
}
