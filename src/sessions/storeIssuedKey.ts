import { hideTime, type Session } from "./session";
import type { SessionStore } from "./sessionStore";

/** The questions that storing a key may raise. */
export interface StoreIssuedKeyHost {
  /** Milliseconds since the epoch. */
  now(): number;
  /** The OpenRouter user of a key that came without one; undefined if that can't be found out. */
  findUser(session: Session): Promise<string | undefined>;
  /** Whether the new key takes the place of the user's other key, or stands beside it. */
  askReplace(existing: Session): Promise<"replace" | "keepBoth">;
  /**
   * Storing failed, and OpenRouter can't show the key again: lets the user copy it. True to try storing it
   * once more.
   */
  offerKeyForCopying(key: string, error: unknown): Promise<boolean>;
}

/**
 * Stores a key that was just issued. While the user is asked, it is already stored, but hidden, so that it isn't
 * lost with the window. Throws why storing failed, once the user gives up.
 * @param replaces the id of the session that the user connects again, if it is known
 */
export async function storeIssuedKey(
  fresh: Session,
  store: SessionStore,
  host: StoreIssuedKeyHost,
  replaces?: string,
): Promise<Session> {
  const attempt = <T>(work: () => Promise<T>) => rescued(fresh.key, host, work);
  const isNeighbor = ({ baseUrl }: Session) => baseUrl === fresh.baseUrl;
  if (!(await attempt(() => store.current())).some(isNeighbor)) return attempt(() => store.add(fresh));

  const { hiddenUntil: _, ...issued } = await attempt(() =>
    store.add({ ...fresh, hiddenUntil: host.now() + hideTime }),
  );
  const userId = issued.userId ?? (await host.findUser(fresh));
  const kept: Session = userId === undefined ? issued : { ...issued, userId };
  for (;;) {
    const existing = keyToReplace(kept, await attempt(() => store.list()), replaces);
    // A rejected key is replaced without asking.
    if (!existing || (!existing.refused && (await host.askReplace(existing)) === "keepBoth")) break;
    const stored = await attempt(() => store.update(existing.id, (now) => successor(kept, existing, now)));
    if (stored?.key !== fresh.key) continue; // it was replaced while the user was asked: now about its successor
    // The key is stored. That it will be listed twice isn't worth an error.
    await store.remove(kept.id).catch(() => {});
    return stored;
  }
  await attempt(() => store.put(kept));
  return kept;
}

/** The session whose place the key may take: the one to connect again, or else one of the same user. */
function keyToReplace(
  { id, baseUrl, userId }: Session,
  sessions: readonly Session[],
  replaces: string | undefined,
): Session | undefined {
  const others = sessions.filter((session) => session.id !== id && session.baseUrl === baseUrl);
  const mayBeSameUser = (session: Session) => !userId || !session.userId || session.userId === userId;
  const ofUser = others.filter((session) => userId !== undefined && session.userId === userId);
  return (
    others.find((session) => session.id === replaces && mayBeSameUser(session)) ??
    ofUser.findLast(({ refused }) => refused) ??
    ofUser.at(-1)
  );
}

/** The session with the new key; undefined if its key isn't the one anymore that the user was asked about. */
function successor(issued: Session, asked: Session, now: Session): Session | undefined {
  if (now.key !== asked.key) return undefined;
  const { id, label, userId } = now;
  // Later than the key that it replaces, also if the clock was set back: by that, windows tell them apart.
  const createdAt = Math.max(issued.createdAt, now.createdAt + 1);
  return { ...(userId !== undefined && { userId }), ...issued, id, label, createdAt };
}

async function rescued<T>(key: string, host: StoreIssuedKeyHost, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(await host.offerKeyForCopying(key, error))) throw error;
    }
  }
}
