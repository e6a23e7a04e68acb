import type { Session } from "../sessions/session";
import type { KeyRecord } from "./sharedCredits";

/** All in milliseconds. */
const minute = 60_000;
const usual = 5 * minute;
const longest = 4 * 60 * minute;
/** Less than the minute between two checks, whose timers aren't exact. */
const untilConfirmed = 45_000;

/** OpenRouter rejected a key (401): for the first time after it worked, which may pass, or for good. */
export type KeyRefusal = "unconfirmed" | "confirmed";

/** Whether OpenRouter's last word about the session's key was a rejection. A key that never worked gets no second chance. */
export function keyRefusal({ refused }: Session, record: KeyRecord | undefined): KeyRefusal | undefined {
  if (refused) return "confirmed";
  if (!record?.refusals) return undefined;
  return record.answer && record.refusals.count === 1 ? "unconfirmed" : "confirmed";
}

/**
 * Whether it is time to ask about the session's key again: five minutes after the last request. After a rejection it
 * is a minute for the first one of a key that worked; then 5, 10, 20 … minutes, up to four hours.
 * @param now in milliseconds since the epoch
 */
export function isDue(session: Session, record: KeyRecord | undefined, now: number): boolean {
  if (!record) return true;
  const age = now - record.askedAt;
  // After the clock was set back, a time may be in the future, and says nothing.
  return age > interval(session, record) || age < -usual;
}

/** Whether the last request about a key is longer ago than two checks of a rejected key are apart. */
export const isOlderThanCheck = (record: KeyRecord | undefined, now: number): boolean =>
  record === undefined || Math.abs(now - record.askedAt) >= untilConfirmed;

function interval(session: Session, record: KeyRecord): number {
  const { refusals, answer, askedAt } = record;
  // Whatever else the last request met, such as a network that was down, says nothing about the key.
  if (refusals?.at !== askedAt) return usual;
  if (keyRefusal(session, record) === "unconfirmed") return untilConfirmed;
  const confirmed = Math.max(1, answer ? refusals.count - 1 : refusals.count);
  return Math.min(usual * 2 ** (confirmed - 1), longest);
}
