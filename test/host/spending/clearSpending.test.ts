import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { type MessageOptions, window } from "vscode";
import { clearSpending } from "../../../src/vscode/spending/clearSpending";
import { readSlowly } from "../../fakes/slowReader";

describe("Clearing the spending history", () => {
  const { showWarningMessage, showInformationMessage } = window;
  let questions: [message: string, options: MessageOptions, ...buttons: string[]][];
  let messages: string[];
  let answer: string | undefined;
  let cleared: number;
  let endReading: () => void;
  const history = {
    clear: async () => {
      cleared++;
    },
  };

  beforeEach(() => {
    questions = [];
    messages = [];
    answer = "Clear History";
    cleared = 0;
    endReading = readSlowly();
    Object.assign(window, {
      showWarningMessage: async (...question: (typeof questions)[number]) => {
        questions.push(question);
        return answer;
      },
      showInformationMessage: async (message: string) => void messages.push(message),
    });
  });
  afterEach(() => {
    endReading();
    Object.assign(window, { showWarningMessage, showInformationMessage });
  });

  it("asks in a modal dialog that says what goes, and that budgets begin again", async () => {
    equal(await clearSpending(history), true);
    const [[message, { modal, detail } = {}, ...buttons] = []] = questions;
    equal(message, "Clear the spending history?");
    equal(modal, true);
    match(
      detail ?? "",
      /deleted for all windows and profiles.* Budgets begin again at zero.* can't be undone\.$/,
    );
    deepEqual(buttons, ["Clear History"]);
    equal(cleared, 1);
    deepEqual(messages, ["The spending history was cleared."]);
  });

  it("keeps it otherwise", async () => {
    answer = undefined;
    equal(await clearSpending(history), false);
    equal(cleared, 0);
    deepEqual(messages, []);
  });

  it("takes no answer that was typed for something else: any extension can open the dialog", async () => {
    readSlowly(2);
    equal(await clearSpending(history), true);
    equal(questions.length, 3);
    equal(cleared, 1);
  });

  it("rejects where it can't be deleted", async () => {
    await rejects(clearSpending({ clear: () => Promise.reject(new Error("disk")) }), /disk/);
    deepEqual(messages, []);
  });
});
