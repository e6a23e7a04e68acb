import type { Memento } from "vscode";
import * as z from "zod/mini";
import { KeyInfo } from "../openrouter/keyInfo";

const listOf = <T>(type: "number" | "string") =>
  z.custom<readonly T[]>((list) => Array.isArray(list) && list.every((item) => typeof item === type));

const Shared = z.object({
  /** When requests were made by any window, in milliseconds since the epoch. */
  requests: listOf<number>("number"),
  /** Until when no request is made, in milliseconds since the epoch, and how long that pause is, in milliseconds. */
  backOff: z.optional(z.object({ until: z.number(), length: z.number() })),
  /** The ids of the alerts that were shown. */
  notified: listOf<string>("string"),
});
type Shared = z.infer<typeof Shared>;

const KeyRecord = z.object({
  askedAt: z.number(),
  answer: z.optional(z.object({ at: z.number(), keyInfo: KeyInfo })),
});
/** What is known of one key. Times are in milliseconds since the epoch. */
export type KeyRecord = z.infer<typeof KeyRecord>;

const name = "credits";
const keyName = (id: string) => `${name}.${id}`;

/**
 * What windows share about credits, in `globalState`, which VS Code keeps in step between them. Nothing in it is
 * secret: keys are named by the ids of their sessions.
 */
export class SharedCredits {
  constructor(private readonly state: Pick<Memento, "get" | "update">) {}

  read(): Shared {
    const record = z.safeParse(Shared, this.state.get(name));
    return record.success ? record.data : { requests: [], notified: [] };
  }

  async write(changes: Partial<Shared>): Promise<void> {
    await this.state.update(name, { ...this.read(), ...changes });
  }

  readKey(id: string): KeyRecord | undefined {
    return z.safeParse(KeyRecord, this.state.get(keyName(id))).data;
  }

  /** Changes what is known of a key; undefined forgets it. */
  async writeKey(id: string, record: KeyRecord | undefined): Promise<void> {
    await this.state.update(keyName(id), record);
  }
}
