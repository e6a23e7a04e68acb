import { Emitter } from "../common/emitter";
import { errorText, type Log } from "../common/log";
import type { ModelList } from "../openrouter/model";
import type { Session } from "../sessions/session";
import { FetchPause } from "./fetchPause";
import { KeptLists, type ModelFiles } from "./keptLists";
import type { KeptList } from "./modelFile";

/** Milliseconds after which a list is fetched again. */
const oldAge = 60 * 60_000;

/** What the lists need from the services. */
export interface ModelListsHost {
  /** Milliseconds since the epoch. */
  now(): number;
  /** All sessions. Rejects where they can't be read. */
  sessions(): Promise<readonly Session[]>;
  /** Rejects where there may be sessions that `sessions` doesn't have, since this window can't see them. */
  assertComplete(): Promise<void>;
  /** The session in use. Rejects where they can't be read. */
  activeSession(): Promise<Session | undefined>;
  /** Asks OpenRouter, for a limited time. Rejects with `OpenRouterError`, of another bundle. */
  fetch(session: Session): Promise<ModelList>;
  /** OpenRouter rejected the session's key (401). */
  keyRefused(session: Session): void;
  readonly log: Log;
}

/**
 * The models of the session in use. Where a list is kept, nobody waits for the network: it's answered at once, and
 * fetched again when it is older than an hour, or when the session has another key. There is no timer, since VS Code
 * asks often enough.
 */
export class ModelLists {
  readonly #changes = new Emitter<void>();
  /** Fires when `get` has another answer than the last one. */
  readonly onDidChange = this.#changes.event;
  readonly #kept: KeptLists;
  readonly #pause: FetchPause;
  /** By keys. */
  readonly #updates = new Map<string, Promise<KeptList>>();
  /** The last answer; undefined before the first one. */
  #answer: { readonly sessionId: string | undefined; readonly list: ModelList | undefined } | undefined;

  constructor(
    private readonly host: ModelListsHost,
    files: ModelFiles,
  ) {
    this.#kept = new KeptLists(files, host.log);
    this.#kept.onDidSet(({ session, list }) => {
      const answer = this.#answer;
      if (answer?.sessionId === session.id && !areEqual(answer.list, list)) this.#changes.fire();
    });
    this.#pause = new FetchPause(host.now);
  }

  /**
   * The list of the session in use; undefined where there is no session, or, if `silent`, where there is no list
   * either. Rejects where the sessions can't be read and, unless it is `silent`, where the first list can't be fetched.
   */
  async get({ silent }: { readonly silent: boolean }): Promise<ModelList | undefined> {
    const session = await this.host.activeSession();
    if (!this.#answer) void this.#forgetOthers();
    const answer = (list: ModelList | undefined) => {
      this.#answer = { sessionId: session?.id, list };
      return list;
    };
    if (!session) return answer(undefined);
    const list = this.#kept.get(session) ?? (await this.#kept.read(session));
    const isPaused = this.#pause.applies(session);
    if (list) {
      if (!isPaused && this.#isDue(session, list)) this.#updateInBackground(session);
      return answer(list);
    }
    if (silent && isPaused) return answer(undefined);
    const update = this.#update(session);
    return answer(await (silent ? update.catch(() => undefined) : update)); // the log has the failure
  }

  /** Fetches the list of the session in use, however new it is. Rejects like `get` that isn't `silent`. */
  async refresh(): Promise<ModelList | undefined> {
    const session = await this.host.activeSession();
    return session && this.#update(session, { always: true });
  }

  /** To be called when there may be other sessions, another one in use, or another key. Never rejects. */
  async sessionsChanged(): Promise<void> {
    if (!this.#answer) return; // who asks first gets what there is then
    try {
      const session = await this.host.activeSession();
      if (this.#answer.sessionId !== session?.id) this.#changes.fire();
      else if (session && this.#hasOtherKey(session) && !this.#pause.applies(session))
        this.#updateInBackground(session);
      await this.#forgetOthers();
    } catch (error) {
      this.host.log.warn(`Can't look whether there are other models: ${errorText(error)}`);
    }
  }

  /** Or no list at all. */
  #hasOtherKey(session: Session): boolean {
    return this.#kept.get(session)?.createdAt !== session.createdAt;
  }

  #isDue({ createdAt }: Session, list: KeptList): boolean {
    const age = this.host.now() - list.fetchedAt;
    // After the clock was set back, a time may be in the future, and says nothing.
    return list.createdAt !== createdAt || age > oldAge || age < 0;
  }

  #updateInBackground(session: Session): void {
    void this.#update(session).catch(() => {}); // the log has the failure
  }

  /** One at a time for each key. */
  #update(session: Session, { always = false } = {}): Promise<KeptList> {
    const running = this.#updates.get(session.key);
    if (running) return running;
    const update = this.#readOrFetch(session, always).finally(() => this.#updates.delete(session.key));
    this.#updates.set(session.key, update);
    return update;
  }

  async #readOrFetch(session: Session, always: boolean): Promise<KeptList> {
    const kept = await this.#kept.read(session); // another window may have fetched it meanwhile
    return kept && !always && !this.#isDue(session, kept) ? kept : this.#fetch(session);
  }

  async #fetch(session: Session): Promise<KeptList> {
    try {
      const { models, popular } = await this.host.fetch(session);
      this.#pause.succeeded(session);
      const { baseUrl, createdAt } = session;
      // An order that couldn't be fetched is better old than none.
      const order = popular.length > 0 ? popular : (this.#kept.get(session)?.popular ?? []);
      const list = { baseUrl, createdAt, fetchedAt: this.host.now(), models, popular: order };
      // Nothing is kept of a session that was disconnected in the meantime.
      const isKnown = (await this.host.sessions()).some(({ id }) => id === session.id);
      if (isKnown) await this.#kept.set(session, list);
      return list;
    } catch (error) {
      this.host.log.warn(`Can't fetch the list of models: ${errorText(error)}`);
      if (this.#pause.failed(session, error) === 401) this.host.keyRefused(session);
      throw error;
    }
  }

  async #forgetOthers(): Promise<void> {
    try {
      await this.host.assertComplete();
      await this.#kept.keepOnly(await this.host.sessions());
    } catch (error) {
      this.host.log.debug(`Can't look whose lists of models are out of use: ${errorText(error)}`);
    }
  }
}

const areEqual = (one: ModelList | undefined, other: ModelList) =>
  JSON.stringify([one?.models, one?.popular]) === JSON.stringify([other.models, other.popular]);
