import type { Disposable, SecretStorage } from "vscode";
import * as z from "zod/mini";
import { Emitter } from "./emitter";

/** The part of `vscode.SecretStorage` in use; VS Code of late can also list what is stored. */
export type Secrets = Pick<SecretStorage, "get" | "store" | "delete" | "onDidChange"> & {
  keys?(): Thenable<readonly string[]>;
};

/**
 * Milliseconds until SecretStorage counts as failed: enough for a person to unlock a keyring, and an end
 * where nothing comes, so that an issued key gets into the person's hands instead. What was to be written
 * may still be, later.
 */
const timeLimit = 60_000;

/**
 * SecretStorage failed, which doesn't mean that nothing is stored: it can't be read or written (no keyring,
 * or a locked one), or this window doesn't see what another has stored.
 */
export class SecretStorageError extends Error {
  override readonly name = "SecretStorageError";
  constructor(
    readonly action: "read" | "write" | "see",
    options?: ErrorOptions,
  ) {
    super(`SecretStorage: cannot ${action}`, options);
  }
}

/**
 * Records in SecretStorage, one secret each, so that two windows that write at the same moment don't
 * overwrite each other's. An index tells which there are: it may name too many, and a window that knows of
 * a record it lacks adds it again, since the index alone can lose a race. Ids are words of `\w` and `-`.
 */
export class SecretCollection<T> {
  readonly #changes = new Emitter<string>();
  /** Fires with a record's id when it was written or deleted, in this window or another. */
  readonly onDidChange = this.#changes.event;
  readonly #known = new Set<string>();
  readonly #subscription: Disposable;
  #indexing: Promise<unknown> = Promise.resolve();

  /** @param schema what a record must look like; any other is listed as damaged and never touched. */
  constructor(
    private readonly secrets: Secrets,
    private readonly name: string,
    private readonly schema: z.ZodMiniType<T>,
  ) {
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (!key.startsWith(`${name}.`)) return;
      const id = key.slice(name.length + 1);
      this.#known.add(id);
      this.#changes.fire(id);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The record; undefined when there is none, "damaged" when it can't be understood. */
  async get(id: string): Promise<T | "damaged" | undefined> {
    const text = await this.#read(`${this.name}.${id}`);
    if (text === undefined) return undefined;
    const record = z.safeParse(this.schema, parseJson(text));
    return record.success ? record.data : "damaged";
  }

  /** All records by id. Throws `SecretStorageError` rather than leaving out what can't be read. */
  async list(): Promise<Map<string, T | "damaged">> {
    const ids = await this.#index();
    const records = await Promise.all(ids.map((id) => this.get(id)));
    const found = new Map<string, T | "damaged">();
    ids.forEach((id, i) => {
      const record = records[i];
      if (record !== undefined) found.set(id, record);
    });
    return found;
  }

  /** Writes the record first and the index after it: a record is never named before it is there. */
  async put(id: string, record: T): Promise<void> {
    await this.#write(`${this.name}.${id}`, JSON.stringify(record));
    this.#known.add(id);
    await this.#index();
  }

  async delete(id: string): Promise<void> {
    await this.#attempt("write", () => this.secrets.delete(`${this.name}.${id}`));
    await this.#index(id);
  }

  /**
   * The ids that may have a record, after adding to the stored index what it lacks and taking out the one
   * that was deleted. One at a time, so that this window at least doesn't race itself.
   */
  #index(deleted?: string): Promise<string[]> {
    const next = this.#indexing.then(async () => {
      const [index, listed = []] = await Promise.all([
        this.#read(this.name),
        this.#attempt("read", async () => this.secrets.keys?.()),
      ]);
      // Words between spaces, so that a damaged index still names what is whole in it.
      const indexed = new Set(index?.match(/[\w-]+/g));
      for (const key of listed) {
        if (key.startsWith(`${this.name}.`)) this.#known.add(key.slice(this.name.length + 1));
      }
      let changed = deleted !== undefined && indexed.delete(deleted);
      for (const id of this.#known) {
        if (indexed.has(id)) continue;
        const alive = (await this.#read(`${this.name}.${id}`)) !== undefined;
        if (alive) indexed.add(id);
        else this.#known.delete(id);
        changed ||= alive;
      }
      const ids = [...indexed];
      if (changed) await this.#write(this.name, ids.join(" "));
      return ids;
    });
    this.#indexing = next.catch(() => {});
    return next;
  }

  #read(key: string) {
    return this.#attempt("read", () => this.secrets.get(key));
  }

  #write(key: string, value: string) {
    return this.#attempt("write", () => this.secrets.store(key, value));
  }

  async #attempt<R>(action: "read" | "write", work: () => Thenable<R>): Promise<R> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(reject, timeLimit);
      });
      return await Promise.race([work(), late]);
    } catch (cause) {
      throw new SecretStorageError(action, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // no schema accepts it; the parser's own error would quote the secret
  }
}
