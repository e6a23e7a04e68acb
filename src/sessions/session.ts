import * as z from "zod/mini";

/** A connected key, as it is stored. */
export const Session = z.object({
  version: z.literal(1),
  /** Stays the same when the key is replaced. */
  id: z.string(),
  key: z.string(),
  account: z.object({ id: z.string(), label: z.string() }),
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
