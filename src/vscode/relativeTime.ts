import { env } from "vscode";

/** The latest time that a `Date` can hold, in milliseconds since the epoch (ECMA-262, section 21.4.1.1). */
const latest = 8.64e15;

/** A time, in milliseconds since the epoch, to the minute and in the user's time zone; "?" for no time. */
export const formatTime = (time: number) =>
  Math.abs(time) <= latest
    ? new Intl.DateTimeFormat(env.language, { dateStyle: "medium", timeStyle: "short" }).format(time)
    : "?";

/** How long ago, or how long from now, in the largest unit that fits. Both in milliseconds since the epoch. */
export function relativeTime(time: number, now: number): string {
  if (!(Math.abs(time - now) <= latest)) return "?";
  const minutes = Math.round((time - now) / 60_000);
  if (minutes === 0) return formatRelative(Math.round((time - now) / 1000), "second");
  if (Math.abs(minutes) < 60) return formatRelative(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 48 ? formatRelative(hours, "hour") : formatRelative(Math.round(hours / 24), "day");
}

/** "in 5 seconds", "2 hours ago": languages have plural rules, which no placeholder can follow. */
const formatRelative = (amount: number, unit: Intl.RelativeTimeFormatUnit) =>
  new Intl.RelativeTimeFormat(env.language, { numeric: "auto" }).format(amount, unit);
