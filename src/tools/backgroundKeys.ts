import type { Memento } from "vscode";
import { isObject } from "../common/isObject";
import { sha256Hex } from "../openrouter/apiKey";

const recordKey = "keysInTerminals";

/** The tools of terminals, by the SHA-256 of the key that they got: the key itself belongs into no state. */
type Records = Readonly<Record<string, readonly string[]>>;

interface Host {
  /** The keys that are connected. */
  keys(): Promise<readonly string[]>;
  isFocused(): boolean;
  /** Shows how to end what may still use a key that is no longer connected. */
  show(toolIds: readonly string[]): void;
}

/** Whether a terminal got a key that hasn't been removed yet, as far as this profile knows. */
export const hasKeysInTerminals = (state: Pick<Memento, "get">) => state.get(recordKey) !== undefined;

/**
 * Remembers which tools got a key that they may keep in the background, until the key is removed or replaced: then the
 * user is told how to end that, once, in the window with the focus.
 */
export class BackgroundKeys {
  /** What this window has told the user of, who may put the key back. */
  readonly #told = new Map<string, readonly string[]>();

  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly host: Host,
  ) {}

  /** Called with a key that a tool's terminal gets. */
  async handedOver(key: string, toolId: string): Promise<void> {
    const hash = await sha256Hex(key);
    await this.#write([...Object.entries(this.#records()), [hash, [toolId]]]);
  }

  /** To be called when keys change, and when the window gets the focus. Throws `SecretStorageError`. */
  async check(): Promise<void> {
    // Before the keys: one that is connected and handed over meanwhile isn't among them.
    const known = Object.keys(this.#records());
    if (!this.host.isFocused() || known.length + this.#told.size === 0) return;
    const hashes = new Set(await Promise.all((await this.host.keys()).map(sha256Hex)));
    const back = [...this.#told].filter(([hash]) => hashes.has(hash));
    for (const [hash] of back) this.#told.delete(hash);
    const records = Object.entries(this.#records());
    const removed = records.filter(([hash]) => known.includes(hash) && !hashes.has(hash));
    if (back.length + removed.length === 0) return;
    for (const [hash, tools] of removed) this.#told.set(hash, tools);
    await this.#write([...back, ...records.filter((record) => !removed.includes(record))]);
    if (removed.length > 0) this.host.show([...new Set(removed.flatMap(([, tools]) => tools))]);
  }

  /** Stores these, where a key may be there twice. */
  async #write(entries: readonly [string, readonly string[]][]): Promise<void> {
    const tools = new Map<string, ReadonlySet<string>>();
    for (const [hash, ids] of entries) tools.set(hash, new Set([...(tools.get(hash) ?? []), ...ids]));
    const records = Object.fromEntries([...tools].map(([hash, ids]) => [hash, [...ids]]));
    await this.state.update(recordKey, tools.size > 0 ? records : undefined);
  }

  #records(): Records {
    const kept = this.state.get<unknown>(recordKey);
    return isObject(kept) && Object.values(kept).every(isTexts) ? (kept as Records) : {};
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");
