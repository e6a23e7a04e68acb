import { type Amounts, spent, sum } from "./amounts";
import type { Spending } from "./spending";
import { daysUntil, firstOfMonth, firstOfNextMonth } from "./utcDays";

/** How many days the report is about, this one included. */
const length = 30;
/** How many extensions stand apart in the picture. The rest is added up. */
const mostSeries = 6;

/** What an extension or a model spent. */
export interface Entry extends Amounts {
  /** The extension's or the model's id. */
  readonly name: string;
}

/** What an extension spent in this month, beside what it may. */
export interface MonthEntry extends Entry {
  readonly budget: ReportedBudget;
}

/** A day, and how what was spent on it is divided. */
export interface DayEntry extends Amounts {
  /** Such as "2026-11-27". */
  readonly day: string;
  /** Of each of the series, and then of all others where there are any. They add up to the day. */
  readonly parts: readonly Amounts[];
}

/** A budget for a month in billionths of a USD, or that it says nothing. Undefined where there is none. */
export type ReportedBudget = number | "invalid" | undefined;

/** What was spent, added up. The most expensive come first, and the earliest day. */
export interface SpendingReport {
  /** Of the last 30 days, as all that follows up to the month. */
  readonly total: Amounts;
  readonly byExtension: readonly Entry[];
  readonly byModel: readonly Entry[];
  /** The extensions that stand apart in each day, by their ids. */
  readonly series: readonly string[];
  /** Whether others than those spent something, too. */
  readonly hasOthers: boolean;
  readonly byDay: readonly DayEntry[];
  /** Of this calendar month, by extension. */
  readonly month: readonly MonthEntry[];
}

/** From when on the report needs what was spent: of 30 days, and of the month, which may be a day longer. */
export const reportSince = (today: string): string =>
  [daysUntil(today, length)[0] ?? today, firstOfMonth(today)].sort()[0] ?? today;

/**
 * Adds up what was spent.
 */
export function spendingReport(
  spendings: readonly Spending[],
  today: string,
  budgetOf: (extension: string) => ReportedBudget,
): SpendingReport {
  const days = daysUntil(today, length);
  const first = days[0] ?? today;
  const recent = spendings.filter(({ day }) => day >= first && day <= today);
  const byExtension = entries(recent, ({ extension }) => extension);
  const paid = byExtension.filter((entry) => spent(entry) > 0).map(({ name }) => name);
  const series = paid.slice(0, mostSeries);
  const hasOthers = paid.length > series.length;
  const ofDay = groups(recent, ({ day }) => day);
  const [month, nextMonth] = [firstOfMonth(today), firstOfNextMonth(today)];
  const inMonth = ({ day }: Spending) => day >= month && day < nextMonth;
  return {
    total: sum(recent),
    byExtension,
    byModel: entries(recent, ({ model }) => model),
    series,
    hasOthers,
    byDay: days.map((day) => dayEntry(day, ofDay.get(day) ?? [], series, hasOthers)),
    month: entries(spendings.filter(inMonth), ({ extension }) => extension).map((entry) => ({
      ...entry,
      budget: budgetOf(entry.name),
    })),
  };
}

function dayEntry(
  day: string,
  spendings: readonly Spending[],
  series: readonly string[],
  hasOthers: boolean,
): DayEntry {
  const parts = series.map((name) => spendings.filter(({ extension }) => extension === name));
  if (hasOthers) parts.push(spendings.filter(({ extension }) => !series.includes(extension)));
  return { day, ...sum(spendings), parts: parts.map(sum) };
}

function entries(spendings: readonly Spending[], nameOf: (spending: Spending) => string): Entry[] {
  const found = [...groups(spendings, nameOf)].map(([name, group]) => ({ name, ...sum(group) }));
  return found.sort((a, b) => spent(b) - spent(a) || b.requests - a.requests || (a.name < b.name ? -1 : 1));
}

/** By name, in no order. */
function groups(
  spendings: readonly Spending[],
  nameOf: (spending: Spending) => string,
): Map<string, Spending[]> {
  const found = new Map<string, Spending[]>();
  for (const spending of spendings) {
    const name = nameOf(spending);
    const group = found.get(name);
    if (group) group.push(spending);
    else found.set(name, [spending]);
  }
  return found;
}
