import { deepEqual, equal } from "node:assert/strict";
import { commands, window } from "vscode";
import { warnOfBudget } from "../../../src/vscode/spending/budgetWarning";

describe("The warning about a budget", () => {
  const { showWarningMessage } = window;
  const { executeCommand } = commands;
  let shown: string[][];
  let button: string | undefined;
  let set: string[];
  let executed: unknown[][];

  beforeEach(() => {
    [shown, button, set, executed] = [[], undefined, [], []];
    Object.assign(window, {
      showWarningMessage: async (...texts: string[]) => {
        shown.push(texts);
        return button;
      },
    });
    Object.assign(commands, { executeCommand: async (...args: unknown[]) => void executed.push(args) });
  });
  afterEach(() => {
    Object.assign(window, { showWarningMessage });
    Object.assign(commands, { executeCommand });
  });

  const warn = (spent: number, extension = "some.extension") =>
    warnOfBudget(
      {
        ...{ extension, spent, budget: { amount: 5e9, isOwn: true } },
        ...{ since: "2026-11-01", resets: "2026-12-01" },
      },
      {
        async set(id) {
          set.push(id);
          return true;
        },
      },
    );

  it("says who has spent how much, and leads to the budget", async () => {
    await warn(4.0312e9);
    deepEqual(shown[0], [
      "some.extension has spent $4.03 of its budget of $5.00 for this month on OpenRouter's models.",
      "Set Budget…",
      "Show Spending",
    ]);
    deepEqual(set, []);
    button = "Set Budget…";
    await warn(4.0312e9);
    deepEqual(set, ["some.extension"]);
  });

  it("leads to what was spent", async () => {
    button = "Show Spending";
    await warn(4e9);
    deepEqual(executed, [["connectOpenRouter.showSpending"]]);
    deepEqual(set, []);
  });

  it("says so when nothing is left", async () => {
    await warn(5e9, "github.copilot-chat");
    equal(
      shown[0]?.[0],
      "VS Code's chat has used up its budget of $5.00 for this month. Until December 1, it can use only free models of OpenRouter.",
    );
  });

  it("leads to the settings where VS Code doesn't name the extension", async () => {
    button = "Open Settings";
    await warn(4e9, "");
    deepEqual(executed, [["workbench.action.openSettings", "connectOpenRouter.extensionBudgets"]]);
    deepEqual(set, []);
  });
});
