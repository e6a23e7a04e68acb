import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { commands, type SaveDialogOptions, Uri, window } from "vscode";
import { spendingCsv } from "../../../src/spending/spendingCsv";
import { addDays } from "../../../src/spending/utcDays";
import { exportSpending } from "../../../src/vscode/spending/exportSpending";
import { noLog } from "../../fakes/editor";
import { spending, today } from "../../unit/spending/reportSpendings";

describe("The export of what was spent", () => {
  const { showSaveDialog, showInformationMessage, showErrorMessage, showTextDocument } = window;
  const { executeCommand } = commands;
  let ran: string[];
  const spendings = [spending({ cost: 5 }), spending({ day: addDays(today, -89) })];
  const now = Date.parse(`${today}T12:00Z`);
  let folder: string;
  let target: Uri | undefined;
  let asked: (SaveDialogOptions | undefined)[];
  let shown: string[][];
  let button: string | undefined;
  let opened: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "connect-openrouter-"));
    target = Uri.file(join(folder, "spending.csv"));
    asked = [];
    shown = [];
    opened = [];
    ran = [];
    Object.assign(commands, { executeCommand: async (id: string) => void ran.push(id) });
    button = undefined;
    const message = async (...texts: string[]) => {
      shown.push(texts);
      return button;
    };
    Object.assign(window, {
      showInformationMessage: message,
      showErrorMessage: message,
      showSaveDialog: async (options?: SaveDialogOptions) => {
        asked.push(options);
        return target;
      },
      showTextDocument: async (uri: Uri) => void opened.push(uri.fsPath),
    });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    Object.assign(commands, { executeCommand });
    Object.assign(window, { showSaveDialog, showInformationMessage, showErrorMessage, showTextDocument });
  });

  const run = (read = async (_since: string) => spendings) => exportSpending({ read }, noLog, now);

  it("saves all that is kept where the user says, and offers to open it", async () => {
    button = "Open File";
    let since = "";
    await run(async (day) => {
      since = day;
      return spendings;
    });
    equal(since, addDays(today, -89));
    equal(asked[0]?.defaultUri?.fsPath, join(homedir(), "openrouter-spending-2026-11-27.csv"));
    equal(readFileSync(join(folder, "spending.csv"), "utf8"), spendingCsv(spendings));
    deepEqual(shown, [["Your spending was saved to spending.csv.", "Open File"]]);
    deepEqual(opened, [target?.fsPath]);
  });

  it("does nothing after a cancel", async () => {
    target = undefined;
    await run();
    equal(asked.length, 1);
    deepEqual(shown, []);
    deepEqual(readdirSync(folder), []);
  });

  it("asks for no file where there is nothing to save", async () => {
    await run(async () => []);
    deepEqual(asked, []);
    match(shown[0]?.[0] ?? "", /^There's nothing to export yet\. Use /);
    deepEqual(ran, []);
    button = "Chat with OpenRouter's Models";
    await run(async () => []);
    deepEqual([shown[1]?.[1], ran], [button, ["connectOpenRouter.chatWithModels"]]);
  });

  it("says in one message that a file can't be saved, and what to do", async () => {
    target = Uri.file(join(folder, "[x](command:y)")).with({ scheme: "nowhere" });
    await run();
    equal(shown.length, 1);
    match(
      shown[0]?.[0] ?? "",
      /^\[x\]\u2060\(command:y\) couldn't be saved\. Export again, to another folder\. \(.+\)$/,
    );
    ok(!opened.length && !ran.length);
    button = "Try Again";
    await run();
    deepEqual([shown[1]?.[1], ran], [button, ["connectOpenRouter.exportSpending"]]);
  });

  it("rejects where what was spent can't be read", async () => {
    await rejects(
      run(() => Promise.reject(new Error("disk"))),
      /disk/,
    );
    deepEqual([asked, shown], [[], []]);
  });
});
