import type { Memento } from "vscode";
import * as z from "zod/mini";
import { errorText, type Log } from "../common/log";
import { sha256Hex } from "../openrouter/apiKey";

/** Milliseconds that a copied key stays on the clipboard. */
const clipboardTime = 60_000;

/** Milliseconds until reading the clipboard counts as failed. A browser may ask the user for permission first. */
const readTime = 10_000;

const recordKey = "copiedKey";

/** A key that may still be on the clipboard. */
const CopiedKeyRecord = z.object({
  /** The key's SHA-256, since the key itself belongs into no state. */
  hash: z.string(),
  /** Milliseconds since the epoch. */
  copiedAt: z.number(),
});
type CopiedKeyRecord = z.infer<typeof CopiedKeyRecord>;

/** What clearing the clipboard needs from the editor. */
export interface ClipboardHost {
  /** May wait for the user, and is also empty where the clipboard can't be read. */
  readText(): PromiseLike<string>;
  writeText(text: string): PromiseLike<void>;
  /** Overwrites what is on the clipboard. May fail without an error. */
  clear(): PromiseLike<void>;
  /** A browser lets only the page with the focus read the clipboard, and only with the user's permission. */
  readonly inBrowser: boolean;
  isFocused(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Shows that a key may still be on the clipboard, and offers to clear it. */
  showNotCleared(): void;
  readonly log: Log;
}

/**
 * Copies a key, and clears the clipboard after 60 seconds if the key is still on it. What can't be done then is tried
 * again when a window gets the focus, also after a restart. What can't be done at all is shown.
 */
export class CopiedKey {
  /** Until it's time to clear the clipboard. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Until reading it counts as failed. */
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  /** The copy that this window made. */
  #own: CopiedKeyRecord | undefined;
  #isClearing = false;
  #isDisposed = false;

  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly host: ClipboardHost,
  ) {}

  /** Clears the clipboard at once where that works, since nobody else may be there in time. */
  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#readTimer);
    this.#isDisposed = true;
    const record = this.#record();
    if (record && sameCopy(record, this.#own)) void this.#clear(record);
  }

  /** Throws what VS Code throws where the clipboard can't be written. */
  async copy(key: string): Promise<void> {
    this.#own = { hash: await sha256Hex(key), copiedAt: this.host.now() };
    void this.state.update(recordKey, this.#own); // first, in case that this window ends
    await this.host.writeText(key);
    this.check();
  }

  /** Clears the clipboard when it's time to. To be called when a window opens, and whenever it gets the focus. */
  check(): void {
    clearTimeout(this.#timer);
    const record = this.#record();
    if (!record || this.#isDisposed) return;
    const age = Math.max(0, this.host.now() - record.copiedAt); // the computer's clock may have been set back
    const wait = clipboardTime - age;
    if (wait > 0) {
      this.#timer = setTimeout(() => this.check(), wait);
      return;
    }
    void this.#clear(record);
  }

  async #clear(record: CopiedKeyRecord): Promise<void> {
    if (this.#isClearing) return;
    if (this.host.inBrowser && !this.host.isFocused()) return; // VS Code would show an error of its own
    this.#isClearing = true;
    if (!this.#isDisposed) this.#readTimer = setTimeout(() => this.#giveUp(record), readTime);
    try {
      await this.#clearIfStillThere(record);
    } catch (error) {
      if (this.#isDisposed) return; // so is the log; the next window that opens tries again
      this.host.log.warn(`Can't clear the clipboard: ${errorText(error)}`);
      if (this.host.isFocused()) this.#giveUp(record);
    } finally {
      clearTimeout(this.#readTimer);
      this.#isClearing = false;
      if (this.#wasCopiedAgain(record)) this.check();
    }
  }

  async #clearIfStillThere(record: CopiedKeyRecord): Promise<void> {
    const text = await this.host.readText();
    const isThere = (await sha256Hex(text)) === record.hash;
    if (this.#wasCopiedAgain(record)) return;
    if (isThere) {
      await this.host.clear();
      const after = await this.host.readText();
      if ((await sha256Hex(after)) === record.hash) throw new Error("The key is still there");
    }
    // It is empty, or can't be read; with the focus it may be readable.
    if (text === "" && !this.host.isFocused()) return;
    if (text === "" && this.host.inBrowser) this.#giveUp(record);
    else this.#forget(record);
  }

  #giveUp(record: CopiedKeyRecord): void {
    if (this.#isDisposed || !sameCopy(record, this.#record())) return;
    this.#forget(record);
    this.host.log.warn("A copied key may still be on the clipboard, which can't be read");
    this.host.showNotCleared();
  }

  #forget(record: CopiedKeyRecord): void {
    if (sameCopy(record, this.#record())) void this.state.update(recordKey, undefined);
  }

  #wasCopiedAgain(record: CopiedKeyRecord): boolean {
    const latest = this.#record();
    return latest !== undefined && !sameCopy(record, latest);
  }

  /** The latest copy that any window made, unless the key is no longer on the clipboard. */
  #record(): CopiedKeyRecord | undefined {
    return z.safeParse(CopiedKeyRecord, this.state.get(recordKey)).data;
  }
}

const sameCopy = (a: CopiedKeyRecord, b: CopiedKeyRecord | undefined) =>
  a.hash === b?.hash && a.copiedAt === b.copiedAt;
