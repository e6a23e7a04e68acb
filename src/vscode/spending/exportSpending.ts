import { commands, l10n, Uri, window, workspace } from "vscode";
import { commandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import { plainText } from "../../common/plainText";
import type { Spending } from "../../spending/spending";
import { spendingCsv } from "../../spending/spendingCsv";
import { daysKept } from "../../spending/tidyLedger";
import { addDays, utcDay } from "../../spending/utcDays";
import { isFileOfNode } from "../files";

/**
 * Saves what was spent as CSV, where the user says. Nothing after a cancel.
 * @param history rejects where it can't be read, and so does this
 */
export async function exportSpending(
  history: { read(since: string): Promise<readonly Spending[]> },
  log: Pick<Log, "error">,
  now = Date.now(),
): Promise<void> {
  const today = utcDay(now);
  const spendings = await history.read(addDays(today, 1 - daysKept));
  if (spendings.length === 0) {
    const chat = l10n.t("Chat with OpenRouter's Models");
    const message = l10n.t(
      "There's nothing to export yet. Use OpenRouter's models first, for example in VS Code's chat.",
    );
    if (await window.showInformationMessage(message, chat))
      await commands.executeCommand(commandIds.chatWithModels);
    return;
  }
  const defaultUri = Uri.joinPath(await folder(), `openrouter-spending-${today}.csv`);
  const title = l10n.t("Export Spending as CSV");
  const target = await window.showSaveDialog({ title, defaultUri, filters: { CSV: ["csv"] } });
  if (target) await save(target, spendingCsv(spendings), log);
}

async function save(target: Uri, csv: string, log: Pick<Log, "error">): Promise<void> {
  const name = plainText(target.path.split("/").at(-1) ?? "");
  try {
    await workspace.fs.writeFile(target, new TextEncoder().encode(csv));
  } catch (error) {
    log.error(`Can't export what was spent: ${errorText(error)}`);
    const reason = plainText(error instanceof Error ? error.message : String(error));
    const again = l10n.t("Try Again");
    const message = l10n.t("{0} couldn't be saved. Export again, to another folder. ({1})", name, reason);
    if (await window.showErrorMessage(message, again))
      await commands.executeCommand(commandIds.exportSpending);
    return;
  }
  const open = l10n.t("Open File");
  const chosen = await window.showInformationMessage(l10n.t("Your spending was saved to {0}.", name), open);
  if (chosen === open) await window.showTextDocument(target);
}

/** The user's own, where there is Node: in a workspace's, the file could be committed. Else the workspace's. */
async function folder(): Promise<Uri> {
  if (isFileOfNode({ scheme: "file" })) {
    const { homedir } = await import("node:os");
    return Uri.file(homedir());
  }
  return workspace.workspaceFolders?.[0]?.uri ?? Uri.file("/");
}
