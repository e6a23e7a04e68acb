import { type Amounts, fromUsd, sum } from "./amounts";
import type { Spending } from "./spending";
import { firstOfMonth, firstOfWeek, utcDay } from "./utcDays";

/** What OpenRouter said that a key has used, in USD, whoever used it. */
export interface KeyUsage {
  /** When OpenRouter said so, by its clock where it is known, in milliseconds since the epoch. */
  readonly at: number;
  readonly daily?: number | null | undefined;
  /** From Monday. */
  readonly weekly?: number | null | undefined;
  readonly monthly?: number | null | undefined;
}

/** What OpenRouter counted for a key in a time, beside what was counted here. Costs are in billionths of a USD. */
export interface KeyCount {
  readonly period: "today" | "week" | "month";
  /** Undefined where OpenRouter didn't say, or said it before this time began. */
  readonly theirs: number | undefined;
  readonly ours: Amounts;
  /** Theirs without ours: what other tools used, or, below zero, what OpenRouter has yet to count. */
  readonly difference: number | undefined;
}

/** @param key the key's name in the ledger; what the user's own provider keys were charged isn't in either count */
export function keyCounts(
  spendings: readonly Spending[],
  key: string,
  usage: KeyUsage,
  today: string,
): KeyCount[] {
  const ofKey = spendings.filter((spending) => spending.key === key && spending.day <= today);
  const saidOn = utcDay(usage.at);
  const count = (
    period: KeyCount["period"],
    usd: number | null | undefined,
    first: (day: string) => string,
  ) => {
    const firstDay = first(today);
    const ours = sum(ofKey.filter(({ day }) => day >= firstDay));
    const isCurrent = typeof usd === "number" && first(saidOn) === firstDay;
    const theirs = isCurrent ? fromUsd(usd) : undefined;
    return { period, theirs, ours, difference: theirs === undefined ? undefined : theirs - ours.cost };
  };
  return [
    count("today", usage.daily, (day) => day),
    count("week", usage.weekly, firstOfWeek),
    count("month", usage.monthly, firstOfMonth),
  ];
}
