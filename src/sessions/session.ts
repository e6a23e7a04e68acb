import * as z from "zod/mini";

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
  /** OpenRouter refused the key (401): it is of no use until it is replaced, or accepted again. */
  refused: z.optional(z.boolean()),
  /** Out of sight until then, in milliseconds since the epoch: the person is being asked about it. */
  hiddenUntil: z.optional(z.number()),
});
export type Session = z.infer<typeof Session>;

/** What has become different since this window last looked. */
export interface SessionChanges {
  readonly added: readonly Session[];
  readonly removed: readonly Session[];
  readonly changed: readonly Session[];
}

/** What has become different from one look to the next; undefined when nothing has, or it is the first. */
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
