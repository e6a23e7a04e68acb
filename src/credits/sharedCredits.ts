import type { Memento } from "vscode";
import * as z from "zod/mini";
import { KeyInfo } from "../openrouter/keyInfo";
import type { Session } from "../sessions/session";

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
  /** When the session got the key that this is about, since a session outlives its key. */
  createdAt: z.number(),
  askedAt: z.number(),
  answer: z.optional(z.object({ at: z.number(), keyInfo: KeyInfo })),
  /** How often OpenRouter rejected the key (401) since it last accepted it, and `askedAt` of the last time. */
  refusals: z.optional(z.object({ count: z.number(), at: z.number() })),
});
/** What is known of one key. Times are in milliseconds since the epoch. */
export type KeyRecord = z.infer<typeof KeyRecord>;

const name = "credits";
const keyName = (id: string) => `${name}.${id}`;

/** What windows share about credits. Nothing in it is secret: keys are named by the ids of their sessions. */
export class SharedCredits {
  /**
   * @param state what VS Code keeps in step between windows
   * @param ready when `state` can be read
   */
  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    readonly ready: Promise<void> = Promise.resolve(),
  ) {}

  read(): Shared {
    const record = z.safeParse(Shared, this.state.get(name));
    return record.success ? record.data : { requests: [], notified: [] };
  }

  async write(changes: Partial<Shared>): Promise<void> {
    await this.state.update(name, { ...this.read(), ...changes });
  }

  /** What is known of the session's key, but nothing of the one that it replaced. */
  readKey({ id, createdAt }: Session): KeyRecord | undefined {
    const record = z.safeParse(KeyRecord, this.state.get(keyName(id))).data;
    return record?.createdAt === createdAt ? record : undefined;
  }

  async writeKey({ id, createdAt }: Session, record: Omit<KeyRecord, "createdAt">): Promise<void> {
    await this.state.update(keyName(id), { createdAt, ...record });
  }

  /** @param id of a session that was removed */
  async forgetKey(id: string): Promise<void> {
    await this.state.update(keyName(id), undefined);
  }
}
