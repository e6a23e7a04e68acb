import type { Uri } from "vscode";
import type { Log } from "./common/log";
import { ledgerFolder } from "./vscode/spending/ledgerFolder";
import { RecentSpending } from "./vscode/spending/recentSpending";

/**
 * Builds what shows in the status bar's tooltip what was spent: a bundle of its own, since that needs neither the
 * models nor the page. @param storage the folder for files, which all profiles share
 */
export const createRecentSpending = (storage: Uri, log: Pick<Log, "warn">): RecentSpending =>
  new RecentSpending(ledgerFolder(storage), (text) => log.warn(`Spending: ${text}`));
