import type { Disposable, SecretStorage } from "vscode";
import * as z from "zod/mini";
import { Emitter } from "../common/emitter";
import { parseJson } from "../common/parseJson";
import { withTimeLimit } from "../common/timeLimit";

/** The part of `vscode.SecretStorage` in use; from 1.105 on VS Code can also list what is stored. */
export type Secrets = Pick<SecretStorage, "get" | "store" | "delete" | "onDidChange"> & {
  keys?(): Thenable<readonly string[]>;
};

/**
 * Milliseconds until SecretStorage counts as failed. It is enough for a user to unlock a keyring, and ends the wait
 * where nothing happens, so that an issued key can be copied instead. A late write may still come about.
 */
const timeLimit = 60_000;

/**
 * SecretStorage failed, which doesn't mean that nothing is stored: it can't be read or written (no keyring, or a
 * locked one), or it is stale, as another window stored what this one can't see.
 */
export class SecretStorageError extends Error {
  override readonly name = "SecretStorageError";
  constructor(
    readonly action: "read" | "write" | "stale",
    options?: ErrorOptions,
  ) {
    super(`SecretStorage: ${action === "stale" ? "stale" : `cannot ${action}`}`, options);
  }
}

/**
 * Records in SecretStorage, one secret each, so that two windows that write at the same time don't overwrite each
 * other's. Where VS Code can't list secrets, an index names them. It may name too many; and since it can lose a
 * race, a window adds the records that it knows of and the index lacks. Ids consist of `\w` and `-`.
 */
export class SecretCollection<T> {
  readonly #changes = new Emitter<string>();
  /** Fires with a record's id when it was written or deleted, in this window or another. */
  readonly onDidChange = this.#changes.event;
  /** The ids of records that existed, as far as this window knows. */
  readonly #known = new Set<string>();
  /** True until VS Code has listed the secrets, since it may not be able to. */
  #needsIndex = true;
  readonly #subscription: Disposable;
  #indexing: Promise<unknown> = Promise.resolve();

  /**
   * @param schema what a record must look like; any other is listed as corrupt and never touched
   * @param beforeWrite rejects where a record must not be written or deleted now
   */
  constructor(
    private readonly secrets: Secrets,
    private readonly name: string,
    private readonly schema: z.ZodMiniType<T>,
    private readonly beforeWrite: () => Promise<void>,
    /** Makes a current record of one that an earlier version stored. */
    private readonly upgrade: (record: unknown) => unknown = (record) => record,
  ) {
    this.#subscription = secrets.onDidChange(({ key }) => {
      const id = this.#idOf(key);
      if (id === undefined) return;
      this.#known.add(id);
      this.#changes.fire(id);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The record; undefined when there is none. Throws `SecretStorageError`. */
  async get(id: string): Promise<T | "corrupt" | undefined> {
    const text = await this.#read(`${this.name}.${id}`);
    if (text === undefined) return undefined;
    const record = z.safeParse(this.schema, this.upgrade(parseJson(text)));
    return record.success ? record.data : "corrupt";
  }

  /** All records by id. Throws `SecretStorageError` rather than leaving out a record that can't be read. */
  async list(): Promise<Map<string, T | "corrupt">> {
    // Known records are read while VS Code lists the secrets, since each call takes milliseconds.
    const read = new Map<string, Promise<T | "corrupt" | undefined>>();
    if (!this.#needsIndex) for (const id of this.#known) read.set(id, this.get(id));
    const [ids] = await Promise.all([this.#ids(), ...read.values()]);
    const records = await Promise.all(ids.map((id) => read.get(id) ?? this.get(id)));
    const found = new Map<string, T | "corrupt">();
    ids.forEach((id, i) => {
      const record = records[i];
      if (record !== undefined) found.set(id, record);
    });
    return found;
  }

  /** Writes the record, then the index, which never names a record before it exists. Throws `SecretStorageError`. */
  async put(id: string, record: T): Promise<void> {
    await this.beforeWrite();
    await this.#write(`${this.name}.${id}`, JSON.stringify(record));
    this.#known.add(id);
    if (this.#needsIndex) await this.#index();
  }

  /** Deletes the record, if there is one. Throws `SecretStorageError`. */
  async delete(id: string): Promise<void> {
    await this.beforeWrite();
    await this.#attempt("write", () => this.secrets.delete(`${this.name}.${id}`));
    if (this.#needsIndex) await this.#index(id);
  }

  async #ids(): Promise<string[]> {
    const listed = await this.#attempt("read", () => this.#listed());
    this.#needsIndex = listed === undefined;
    if (!listed) return this.#index();
    const ids = listed.flatMap((key) => this.#idOf(key) ?? []);
    this.#known.clear();
    for (const id of ids) this.#known.add(id);
    return ids;
  }

  /** The names of all secrets; undefined before VS Code 1.105, and in a browser whose secret store has no list. */
  async #listed(): Promise<readonly string[] | undefined> {
    try {
      return await this.secrets.keys?.();
    } catch (error) {
      if (/does not support keys/.test(String(error))) return undefined; // the error has no code
      throw error;
    }
  }

  #idOf(key: string): string | undefined {
    return key.startsWith(`${this.name}.`) ? key.slice(this.name.length + 1) : undefined;
  }

  /**
   * Completes the stored index, removes a deleted id, and returns the ids that may have a record. One call at a
   * time, so that this window doesn't race itself.
   */
  #index(deleted?: string): Promise<string[]> {
    const next = this.#indexing.then(async () => {
      // Words separated by spaces, so that a corrupt index still names whatever is intact in it.
      const indexed = new Set((await this.#read(this.name))?.match(/[\w-]+/g));
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
    try {
      return await withTimeLimit(work(), timeLimit);
    } catch (cause) {
      throw new SecretStorageError(action, { cause });
    }
  }
}
