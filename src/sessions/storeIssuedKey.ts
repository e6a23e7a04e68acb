import type { Session } from "./session";
import type { SessionStore } from "./sessionStore";

/** The questions that storing a key may raise. */
export interface StoreIssuedKeyPrompts {
  /** Whether the new key takes the place of the account's other key, or stands beside it. */
  askReplace(existing: Session): Promise<"replace" | "keepBoth">;
  /**
   * Storing failed, and OpenRouter can't show the key again: lets the user copy it. True to try storing it
   * once more.
   */
  offerKeyForCopying(key: string, error: unknown): Promise<boolean>;
}

/** Milliseconds that the question may stay open before both keys count as kept. */
const hideTime = 10 * 60_000;

/**
 * Stores a key that was just issued. While the user is asked, it is already stored, but hidden, so that it isn't
 * lost with the window. Throws why storing failed, once the user gives up.
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
  // A rejected key is replaced without asking.
  if (!existing.refused) await put({ ...fresh, hiddenUntil: now() + hideTime });
  if (!existing.refused && (await prompts.askReplace(existing)) === "keepBoth") {
    await put(fresh);
    return fresh;
  }
  // The account stays the same, since VS Code keeps the consent of extensions by the account's label.
  const replaced: Session = { ...fresh, id: existing.id, account: existing.account };
  await put(replaced);
  // The key is stored. That it will be listed twice isn't worth an error.
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
