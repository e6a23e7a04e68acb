import { Emitter } from "../common/emitter";
import { errorText, type Log } from "../common/log";
import { withTimeLimit } from "../common/timeLimit";
import type { Session } from "../sessions/session";
import { type KeptList, modelFileName, modelFileText, parseModelFile } from "./modelFile";

/** Files that all windows share. */
export interface ModelFiles {
  /** Undefined where there is no such file. */
  read(name: string): Promise<string | undefined>;
  /** In one step: whoever reads sees the old text or the new one. */
  write(name: string, text: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** The names of all files. */
  list(): Promise<readonly string[]>;
}

/** Milliseconds: nothing waits for a disk without an end. */
const timeLimit = 10_000;

/** The newest list of each session, in memory and on disk. Where the disk fails, this window goes on with what it has. */
export class KeptLists {
  readonly #changes = new Emitter<{ readonly session: Session; readonly list: KeptList }>();
  /** Fires with each newer list, whether or not it differs. */
  readonly onDidSet = this.#changes.event;
  /** By the ids of sessions. */
  readonly #lists = new Map<string, KeptList>();
  readonly #reads = new Map<string, Promise<KeptList | undefined>>();

  constructor(
    private readonly files: ModelFiles,
    private readonly log: Pick<Log, "warn">,
  ) {}

  /** What this window knows. A session may be at another OpenRouter than it was. */
  get({ id, baseUrl }: Session): KeptList | undefined {
    const list = this.#lists.get(id);
    return list?.baseUrl === baseUrl ? list : undefined;
  }

  /** What any window knows. Reads the file once for those who ask meanwhile. */
  read(session: Session): Promise<KeptList | undefined> {
    const running = this.#reads.get(session.id);
    if (running) return running;
    const read = this.#read(session).finally(() => this.#reads.delete(session.id));
    this.#reads.set(session.id, read);
    return read;
  }

  /** Resolves when it is written, or that failed. */
  async set(session: Session, list: KeptList): Promise<void> {
    this.#set(session, list);
    await this.#try(() => this.files.write(modelFileName(session.id), modelFileText(list)));
  }

  /** Forgets and deletes the lists of all other sessions, such as those that another window disconnected. */
  async keepOnly(sessions: readonly Session[]): Promise<void> {
    const ids = new Set(sessions.map(({ id }) => id));
    for (const id of this.#lists.keys()) if (!ids.has(id)) this.#lists.delete(id);
    const kept = new Set([...ids].map(modelFileName));
    const names = (await this.#try(() => this.files.list())) ?? [];
    const others = names.filter((name) => !kept.has(name));
    await Promise.all(others.map((name) => this.#try(() => this.files.delete(name))));
  }

  async #read(session: Session): Promise<KeptList | undefined> {
    const text = await this.#try(() => this.files.read(modelFileName(session.id)));
    const kept = text === undefined ? undefined : parseModelFile(text, session);
    if (kept && kept.fetchedAt > (this.get(session)?.fetchedAt ?? Number.NEGATIVE_INFINITY))
      this.#set(session, kept);
    return this.get(session);
  }

  #set(session: Session, list: KeptList): void {
    this.#lists.set(session.id, list);
    this.#changes.fire({ session, list });
  }

  async #try<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await withTimeLimit(work(), timeLimit);
    } catch (error) {
      this.log.warn(`Can't keep lists of models on disk: ${errorText(error)}`);
      return undefined;
    }
  }
}
