import { l10n } from "vscode";
import { spent } from "../../spending/amounts";
import { axis } from "../../spending/axis";
import type { Bar } from "../../spending/barChart";
import type { Column, Section } from "../../spending/spendingPage";
import { othersColor, seriesColors } from "../../spending/spendingPageStyle";
import type { DayEntry, SpendingReport } from "../../spending/spendingReport";
import { spenderNames } from "./spenderNames";
import { formatCost, formatDay, formatShortDay, formatSpent, formatTicks } from "./spendingFormats";

/** Days from one label to the next, so that they don't touch in a narrow page. */
const labelDistance = 7;

/** What stands apart in the picture, and in the table with the same figures. */
export function seriesColumns({ series, hasOthers }: SpendingReport): Column[] {
  const names = spenderNames(series);
  const columns = names.map((text, i) => ({ text, color: seriesColors[i] ?? othersColor }));
  return hasOthers ? [...columns, { text: l10n.t("All others"), color: othersColor }] : columns;
}

/** The picture: a bar for each day. */
export function chartSection(report: SpendingReport): Section {
  const columns = seriesColumns(report);
  const { ticks, decimals } = axis(Math.max(...report.byDay.map(spent)));
  const texts = formatTicks(ticks, decimals);
  const bar = (entry: DayEntry, index: number): Bar => ({
    title: l10n.t("{0}: {1}", formatDay(entry.day), formatSpent(entry)),
    ...((report.byDay.length - 1 - index) % labelDistance === 0 && { label: formatShortDay(entry.day) }),
    segments: entry.parts.map((part, i) => ({
      color: columns[i]?.color ?? othersColor,
      value: spent(part),
      title: l10n.t("{0}, {1}: {2}", formatDay(entry.day), columns[i]?.text ?? "", formatSpent(part)),
    })),
  });
  return {
    heading: l10n.t("Last 30 days"),
    picture: {
      chart: {
        label: summary(report),
        ticks: ticks.map((tick, i) => [tick, texts[i] ?? ""]),
        bars: report.byDay.map(bar),
      },
      legend: columns,
    },
  };
}

/** For who can't see the picture. */
function summary({ byDay, total }: SpendingReport): string {
  const [greatest] = [...byDay].sort((a, b) => spent(b) - spent(a));
  if (!greatest || spent(greatest) === 0)
    return l10n.t("Bar chart of the last 30 days: all requests were free of charge.");
  return l10n.t(
    "Bar chart of the last 30 days: {0}, most of it on {1} with {2}. The table “By day” has the same figures.",
    formatSpent(total),
    formatDay(greatest.day),
    formatCost(spent(greatest)),
  );
}
