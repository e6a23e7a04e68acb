import { env, l10n } from "vscode";
import { plainText } from "../../common/plainText";
import { type Amounts, spent, sum } from "../../spending/amounts";
import type { KeyCount } from "../../spending/keyCount";
import type { Cell, Column, Table } from "../../spending/spendingPage";
import type { Entry, MonthEntry, SpendingReport } from "../../spending/spendingReport";
import { spenderId, spenderName } from "./spenderNames";
import { seriesColumns } from "./spendingChart";
import {
  formatCharged,
  formatCost,
  formatDay,
  formatMonth,
  formatNumber,
  formatSpent,
} from "./spendingFormats";

const percents = new Intl.NumberFormat(env.language, { style: "percent" });

const total = (): Cell => ({ text: l10n.t("Total") });
const last30Days = () => l10n.t("Last 30 days");

function spender({ name }: Entry): Cell {
  const [text, id] = [spenderName(name), spenderId(name)];
  return { text, ...(id !== undefined && id !== text && { detail: `(${id})` }) };
}

export const extensionTable = ({ byExtension, total: all }: SpendingReport): Table => ({
  caption: last30Days(),
  ...amountsTable(l10n.t("Extension"), byExtension, spender, all),
});

export const modelTable = ({ byModel, total: all }: SpendingReport): Table => ({
  caption: last30Days(),
  ...amountsTable(l10n.t("Model"), byModel, ({ name }) => ({ text: plainText(name) || "?" }), all),
});

function amountsTable(
  heading: string,
  entries: readonly Entry[],
  nameOf: (entry: Entry) => Cell,
  all: Amounts,
): Omit<Table, "caption"> {
  // What the user's own provider keys were charged stands apart where there is any.
  const hasUpstream = all.upstreamCost > 0;
  const cells = (amounts: Amounts): Cell[] => [
    { text: formatSpent(amounts) },
    ...(hasUpstream ? [{ text: formatCharged(amounts) }, { text: formatCost(amounts.upstreamCost) }] : []),
    ...[
      amounts.requests,
      amounts.promptTokens,
      amounts.cachedTokens,
      amounts.completionTokens,
      amounts.reasoningTokens,
    ].map((number) => ({ text: formatNumber(number) })),
  ];
  const columns = [
    heading,
    l10n.t("Cost"),
    ...(hasUpstream ? [l10n.t("Charged by OpenRouter"), l10n.t("Your provider keys")] : []),
    l10n.t("Requests"),
    l10n.t("Input tokens"),
    l10n.t("of them cached"),
    l10n.t("Output tokens"),
    l10n.t("of them reasoning"),
  ];
  return {
    columns: columns.map((text) => ({ text })),
    rows: entries.map((entry) => [nameOf(entry), ...cells(entry)]),
    total: [total(), ...cells(all)],
  };
}

/** The same figures as in the picture. The latest day comes first. */
export function dayTable(report: SpendingReport): Table {
  const cells = (parts: readonly Amounts[], all: Amounts) =>
    [...parts, all].map((amounts): Cell => ({ text: formatSpent(amounts) }));
  const columns = seriesColumns(report);
  const totals = columns.map((_, i) => sum(report.byDay.flatMap(({ parts }) => parts[i] ?? [])));
  return {
    caption: l10n.t("Last 30 days, by extension"),
    columns: [{ text: l10n.t("Day (UTC)") }, ...columns, total()],
    rows: report.byDay
      .map((entry) => [{ text: formatDay(entry.day) }, ...cells(entry.parts, entry)])
      .reverse(),
    total: [total(), ...cells(totals, report.total)],
  };
}

/** What each extension has spent this month, beside what it may. */
export function monthTable({ month }: SpendingReport, today: string): Table {
  const hasBudgets = month.some(({ budget }) => budget !== undefined);
  const columns: Column[] = [{ text: l10n.t("Extension") }, { text: l10n.t("Cost") }];
  const row = (entry: MonthEntry): Cell[] => [
    spender(entry),
    { text: formatSpent(entry) },
    ...(hasBudgets ? budgetCells(entry) : []),
  ];
  const empty = hasBudgets ? [{ text: "" }, { text: "" }] : [];
  return {
    caption: formatMonth(today),
    columns: hasBudgets
      ? [...columns, { text: l10n.t("Monthly budget") }, { text: l10n.t("Used") }]
      : columns,
    rows: month.map(row),
    total: [total(), { text: formatSpent(sum(month)) }, ...empty],
  };
}

function budgetCells(entry: MonthEntry): Cell[] {
  const { budget } = entry;
  if (budget === undefined) return [{ text: l10n.t("None") }, { text: "–" }];
  if (budget === "invalid") return [{ text: l10n.t("Invalid"), tone: "error" }, { text: "–" }];
  const isReached = spent(entry) >= budget;
  // By whole numbers, and rounded down: 99.9 % isn't all of it.
  const percent = budget === 0 ? undefined : Math.floor((spent(entry) * 100) / budget);
  const share = percent === undefined ? "" : percents.format(percent / 100);
  const tone = isReached ? "error" : (percent ?? 0) >= 80 ? "warning" : undefined;
  const text = isReached ? l10n.t("Reached {0}", share).trim() : share;
  return [{ text: formatCost(budget) }, { text, ...(tone && { tone }) }];
}

/** OpenRouter's own count beside ours. */
export function keyTable(counts: readonly KeyCount[]): Table {
  const names = { today: l10n.t("Today"), week: l10n.t("This week"), month: l10n.t("This month") };
  return {
    caption: l10n.t("Without what your own provider keys were charged"),
    columns: [
      { text: l10n.t("Time (UTC)") },
      { text: "OpenRouter" },
      { text: l10n.t("Counted here") },
      { text: l10n.t("Difference") },
      { text: l10n.t("Explanation"), isText: true },
    ],
    rows: counts.map((count) => [
      { text: names[count.period] },
      { text: count.theirs === undefined ? l10n.t("Not known") : formatCost(count.theirs) },
      { text: formatCharged(count.ours) },
      { text: count.difference === undefined ? "–" : formatCost(Math.abs(count.difference)) },
      { text: explanation(count) },
    ]),
  };
}

function explanation({ theirs, difference = 0, ours }: KeyCount): string {
  if (theirs === undefined) return l10n.t("OpenRouter hasn't said yet. To ask again, select Refresh.");
  if (difference === 0) return l10n.t("Both counted the same.");
  if (difference > 0)
    return ours.estimatedRequests > 0
      ? l10n.t(
          "Used by other tools or computers with the same key, or before this history began, or the estimates here are too low.",
        )
      : l10n.t("Used by other tools or computers with the same key, or before this history began.");
  return ours.estimatedCost > 0
    ? l10n.t("When OpenRouter said so, it hadn't counted everything yet, or the estimates here are too high.")
    : l10n.t("When OpenRouter said so, it hadn't counted everything yet.");
}
