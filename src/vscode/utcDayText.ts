import { env } from "vscode";

/**
 * A day by UTC, such as "2026-12-01", as "December 1" in the language of the window: without the year, for days of
 * this month and the next. "?" for no day.
 */
export function formatUtcDay(day: string): string {
  const time = Date.parse(day);
  return Number.isNaN(time)
    ? "?"
    : new Intl.DateTimeFormat(env.language, { timeZone: "UTC", month: "long", day: "numeric" }).format(time);
}
