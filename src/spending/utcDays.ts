/**
 * Days as OpenRouter counts them: by UTC, without a time zone or daylight saving. A day is a text such as
 * "2026-11-27", so that days compare as texts.
 */

const length = 24 * 60 * 60_000;

/** @param time in milliseconds since the epoch */
export const utcDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** When the day begins, in milliseconds since the epoch. */
export const startOf = (day: string): number => Date.parse(day);

/** The day so many days later, or earlier. */
export const addDays = (day: string, days: number): string => utcDay(startOf(day) + days * length);

/** The last days up to this one, the earliest first. */
export const daysUntil = (day: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => addDays(day, i + 1 - count));

/** The Monday of the day's week. */
export const firstOfWeek = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

export const firstOfMonth = (day: string): string => `${day.slice(0, 8)}01`;

export const firstOfNextMonth = (day: string): string => firstOfMonth(addDays(firstOfMonth(day), 31));
