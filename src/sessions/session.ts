import * as z from "zod/mini";
import { plainText } from "../common/plainText";

/** A connected key, as it is stored. */
export const Session = z.object({
  version: z.literal(2),
  /** Stays the same when the key is replaced. */
  id: z.string(),
  key: z.string(),
  /**
   * The account's name in VS Code, which keeps consents by it: unique, and the same when the key is replaced. It
   * shows nothing of the key.
   */
  label: z.string(),
  /** The OpenRouter user that the key belongs to, if that is known. */
  userId: z.optional(z.string()),
  /** Where the key was issued, and so where it is valid. */
  baseUrl: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** The sign-in that brought the key, for the window that waits for it. */
  signInId: z.optional(z.string()),
  /** OpenRouter rejected the key (401): nobody gets it until it is replaced, or accepted again. */
  refused: z.optional(z.boolean()),
  /** Not listed until then, in milliseconds since the epoch, while the user is asked about it. */
  hiddenUntil: z.optional(z.number()),
});
export type Session = z.infer<typeof Session>;

const Former = z.object({ version: z.literal(1), account: z.object({ id: z.string(), label: z.string() }) });

/** A record of the first version as one of the current; any other as it is. It keeps its label, and so the consents. */
export function upgradeSession(record: unknown): unknown {
  const former = z.safeParse(Former, record);
  if (!former.success) return record;
  const { id, label } = former.data.account;
  // The account's id was the user's, or else a hash of the key.
  return { ...(record as object), version: 2, label, ...(!/^[0-9a-f]{64}$/.test(id) && { userId: id }) };
}

/** Milliseconds that a question about a new key may stay open before the key counts as kept. */
export const hideTime = 10 * 60_000;

/** Whether a session isn't listed yet. After the clock was set back, its time may be far in the future: no reason. */
export const isHidden = ({ hiddenUntil = 0 }: Session, now: number) =>
  hiddenUntil > now && hiddenUntil - now <= hideTime;

/** Code points of a label, so that a number after it still fits what is shown of it. */
const longestLabel = 90;

/** An account's label: the one that the user set for its key, as plain text, since VS Code shows it as it is. */
export const accountLabel = (keyLabel = "") =>
  [...plainText(keyLabel)].slice(0, longestLabel).join("") || "OpenRouter";

/** The label of a new account: the one that is wanted, with a number if another account has it. */
export function uniqueLabel(wanted: string, others: readonly Session[]): string {
  let label = wanted;
  for (let n = 2; others.some((other) => other.label === label); n++) label = `${wanted} (${n})`;
  return label;
}

/** What changed since the last read. */
export interface SessionChanges {
  readonly added: readonly Session[];
  readonly removed: readonly Session[];
  readonly changed: readonly Session[];
}

/** What changed from one read to the next; undefined when nothing did, or there was none before. */
export function changesBetween(
  before: ReadonlyMap<string, Session> | undefined,
  now: ReadonlyMap<string, Session>,
): SessionChanges | undefined {
  if (!before) return undefined;
  const sessions = [...now.values()];
  const added = sessions.filter(({ id }) => !before.has(id));
  const removed = [...before.values()].filter(({ id }) => !now.has(id));
  const changed = sessions.filter((session) => {
    const old = before.get(session.id);
    return old && JSON.stringify(old) !== JSON.stringify(session);
  });
  return added.length + removed.length + changed.length > 0 ? { added, removed, changed } : undefined;
}
