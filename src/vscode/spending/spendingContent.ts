import { env, l10n } from "vscode";
import { commandIds } from "../../commandIds";
import { sum } from "../../spending/amounts";
import { type KeyUsage, keyCounts } from "../../spending/keyCount";
import type { Spending } from "../../spending/spending";
import type { PageContent, PageLink, Section } from "../../spending/spendingPage";
import { type ReportedBudget, type SpendingReport, spendingReport } from "../../spending/spendingReport";
import { formatTime } from "../relativeTime";
import { chartSection } from "./spendingChart";
import { formatCost, formatSpent } from "./spendingFormats";
import { dayTable, extensionTable, keyTable, modelTable, monthTable } from "./spendingTables";

/** What the page is about. */
export interface SpendingState {
  readonly spendings: readonly Spending[];
  /** By UTC, such as "2026-11-27". */
  readonly today: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
  budgetOf(extension: string): ReportedBudget;
  /** The key in use, or why it isn't known. Undefined where there is none. */
  readonly key?: KeyInUse | { readonly problem: string | undefined } | undefined;
}

interface KeyInUse {
  /** As the user knows it, as plain text. */
  readonly shownName: string;
  /** The key's name in the ledger. */
  readonly name: string;
  /** What OpenRouter counted for it, if it said so. */
  readonly usage: KeyUsage | undefined;
}

/** The commands that the page has links for. No other command may be run from it. */
export const pageCommands = [
  commandIds.showSpending,
  commandIds.exportSpending,
  commandIds.clearSpendingHistory,
  commandIds.manageModelAccess,
  commandIds.chatWithModels,
  commandIds.connect,
];

/** The page in words. The picture comes as soon as possible, and what explains the figures at the end. */
export function spendingContent(state: SpendingState): PageContent {
  const report = spendingReport(state.spendings, state.today, state.budgetOf);
  const asOf = l10n.t("As of {0}. Days, weeks, and months are those of UTC.", formatTime(state.now));
  const page = {
    language: l10n.bundle ? env.language : "en",
    title: l10n.t("OpenRouter Spending"),
  };
  if (report.total.requests === 0 && report.month.length === 0) {
    const notes = [
      l10n.t("Nothing was spent in the last 30 days."),
      l10n.t(
        "When VS Code's chat or another extension uses your OpenRouter models, this page shows what that costs: by extension, by model, and by day.",
      ),
      asOf,
    ];
    const sections = [keySection(state), aboutSection(report)];
    return { ...page, notes, links: [...connectIfNeeded(state), chat(), access(), refresh()], sections };
  }
  return {
    ...page,
    notes: [l10n.t("Your OpenRouter models cost {0} in the last 30 days.", formatSpent(report.total)), asOf],
    links: [...connectIfNeeded(state), exportCsv(), access(), refresh(), clear()],
    sections: [
      chartSection(report),
      { heading: l10n.t("This month"), table: monthTable(report, state.today) },
      keySection(state),
      { heading: l10n.t("By extension"), table: extensionTable(report) },
      { heading: l10n.t("By model"), table: modelTable(report) },
      { heading: l10n.t("By day"), table: dayTable(report) },
      aboutSection(report),
    ],
  };
}

function aboutSection({ total, month }: SpendingReport): Section {
  const { upstreamCost } = total;
  const monthTotal = sum(month);
  const estimatedCost = Math.max(total.estimatedCost, monthTotal.estimatedCost);
  const hasEstimates = total.estimatedRequests + monthTotal.estimatedRequests > 0;
  const upstream = l10n.t(
    "{0} of the last 30 days was charged to your own provider keys, not by OpenRouter. The picture and budgets count both.",
    formatCost(upstreamCost),
  );
  const estimates = l10n.t(
    "≈ marks amounts that are partly estimated (up to {0}): OpenRouter doesn't report the cost of a request that was canceled or interrupted.",
    formatCost(estimatedCost),
  );
  const kept = l10n.t(
    "This history is kept for 90 days, without what was asked or answered, and isn't sent anywhere.",
  );
  return {
    heading: l10n.t("About these figures"),
    notes: [...(hasEstimates ? [estimates] : []), ...(upstreamCost > 0 ? [upstream] : []), kept],
  };
}

/** OpenRouter's own count, and how it differs from ours. */
function keySection({ spendings, today, key }: SpendingState): Section {
  const heading = l10n.t("Counted by OpenRouter");
  if (!key) return { heading, notes: [l10n.t("You're not connected to OpenRouter.")] };
  if ("problem" in key) return { heading, notes: key.problem === undefined ? [] : [key.problem] };
  const { shownName, name, usage } = key;
  if (!usage) {
    const unknown = l10n.t(
      "OpenRouter hasn't said yet what your key {0} has used. To ask again, select Refresh.",
      shownName,
    );
    return { heading, notes: [unknown] };
  }
  const counted = l10n.t(
    "What OpenRouter counted for your key {0}, whoever used it, as of {1}.",
    shownName,
    formatTime(usage.at),
  );
  return { heading, notes: [counted], table: keyTable(keyCounts(spendings, name, usage, today)) };
}

const connectIfNeeded = ({ key }: SpendingState): PageLink[] =>
  key ? [] : [{ text: l10n.t("Connect OpenRouter"), command: commandIds.connect }];
const exportCsv = (): PageLink => ({
  text: l10n.t("Export Spending as CSV…"),
  command: commandIds.exportSpending,
});
const access = (): PageLink => ({
  text: l10n.t("Manage Model Access"),
  command: commandIds.manageModelAccess,
});
const refresh = (): PageLink => ({ text: l10n.t("Refresh"), command: commandIds.showSpending });
const clear = (): PageLink => ({
  text: l10n.t("Clear Spending History"),
  command: commandIds.clearSpendingHistory,
});
const chat = (): PageLink => ({
  text: l10n.t("Chat with OpenRouter's Models"),
  command: commandIds.chatWithModels,
});
