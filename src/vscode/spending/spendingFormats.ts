import { env } from "vscode";
import { formatCost as formatUsdCost } from "../../common/usd";
import { type Amounts, spent, toUsd } from "../../spending/amounts";
import { startOf } from "../../spending/utcDays";

const wholeNumbers = new Intl.NumberFormat(env.language, { maximumFractionDigits: 0 });
const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(env.language, { ...options, timeZone: "UTC" });
const days = utc({ dateStyle: "medium" });
const shortDays = utc({ month: "short", day: "numeric" });
const months = utc({ month: "long", year: "numeric" });

export const formatNumber = (number: number): string => wholeNumbers.format(number);
/** @param day such as "2026-11-27" */
export const formatDay = (day: string): string => days.format(startOf(day));
export const formatShortDay = (day: string): string => shortDays.format(startOf(day));
export const formatMonth = (day: string): string => months.format(startOf(day));

/** @param billionths of a USD */
export const formatCost = (billionths: number): string => formatUsdCost(toUsd(billionths), env.language);

/** What it cost the user, with a mark where some of it is an estimate. */
export const formatSpent = (amounts: Amounts): string => mark(amounts, formatCost(spent(amounts)));

/** … without what the user's own provider keys were charged. */
export const formatCharged = (amounts: Amounts): string => mark(amounts, formatCost(amounts.cost));

const mark = ({ estimatedRequests }: Amounts, cost: string) => (estimatedRequests > 0 ? `≈${cost}` : cost);

/** Amounts of an axis, all with as many decimals. @param billionths of a USD */
export function formatTicks(billionths: readonly number[], decimals: number): string[] {
  const format = new Intl.NumberFormat(env.language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return billionths.map((tick) => format.format(toUsd(tick)));
}
