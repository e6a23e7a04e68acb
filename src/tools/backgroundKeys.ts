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
  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly host: Host,
  ) {}

  /** Called with a key that a tool's terminal gets. */
  async handedOver(key: string, toolId: string): Promise<void> {
    const hash = await sha256Hex(key);
    const records = this.#records();
    const tools = new Set([...(records[hash] ?? []), toolId]);
    await this.state.update(recordKey, { ...records, [hash]: [...tools] });
  }

  /** To be called when keys change, and when the window gets the focus. Throws `SecretStorageError`. */
  async check(): Promise<void> {
    if (!this.host.isFocused() || !hasKeysInTerminals(this.state)) return;
    const hashes = new Set(await Promise.all((await this.host.keys()).map(sha256Hex)));
    const records = Object.entries(this.#records());
    const kept = records.filter(([hash]) => hashes.has(hash));
    if (kept.length === records.length) return;
    await this.state.update(recordKey, kept.length > 0 ? Object.fromEntries(kept) : undefined);
    this.host.show([...new Set(records.flatMap(([hash, tools]) => (hashes.has(hash) ? [] : tools)))]);
  }

  #records(): Records {
    const kept = this.state.get<unknown>(recordKey);
    return isObject(kept) && Object.values(kept).every(isTexts) ? (kept as Records) : {};
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");
