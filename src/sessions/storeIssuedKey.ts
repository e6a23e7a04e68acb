import type { Session } from "./session";
import type { SessionStore } from "./sessionStore";

/** What has to be asked of the person before a key finds its place. */
export interface StoreIssuedKeyPrompts {
  /** Whether the new key takes the place of the account's other key, or stands beside it. */
  askReplace(existing: Session): Promise<"replace" | "keepBoth">;
  /**
   * Storing failed, and OpenRouter can't show the key again: puts it into the person's hands. True to try
   * storing it once more.
   */
  offerKeyForCopying(key: string, error: unknown): Promise<boolean>;
}

/** As long as the question may stay open before the key counts as kept beside the other. Milliseconds. */
const hideTime = 10 * 60_000;

/**
 * Stores a key that was just issued. While the person is asked, it is held in the store out of sight, so
 * that it isn't lost with the window. Throws what made storing fail, once the person gave up on it.
 */
export async function storeIssuedKey(
  fresh: Session,
  store: SessionStore,
  prompts: StoreIssuedKeyPrompts,
  now: () => number,
): Promise<Session> {
  const existing = (await rescued(fresh, prompts, () => store.current())).findLast(
    ({ account, baseUrl }) => account.id === fresh.account.id && baseUrl === fresh.baseUrl,
  );
  const put = (session: Session) => rescued(fresh, prompts, () => store.put(session));
  if (!existing) {
    await put(fresh);
    return fresh;
  }
  // A dead key is of no use to anyone beside its successor.
  if (!existing.refused) await put({ ...fresh, hiddenUntil: now() + hideTime });
  if (!existing.refused && (await prompts.askReplace(existing)) === "keepBoth") {
    await put(fresh);
    return fresh;
  }
  // The account stays as it was: VS Code keeps the consents that extensions have by the account's label.
  const replaced: Session = { ...fresh, id: existing.id, account: existing.account };
  await put(replaced);
  // The key is stored. That it is there twice, once it is held no more, is not worth an error.
  await store.remove(fresh.id).catch(() => {});
  return replaced;
}

async function rescued<T>(
  { key }: Session,
  prompts: StoreIssuedKeyPrompts,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(await prompts.offerKeyForCopying(key, error))) throw error;
    }
  }
}
