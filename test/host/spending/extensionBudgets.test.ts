import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import {
  ConfigurationTarget,
  EventEmitter,
  type InputBox,
  InputBoxValidationSeverity,
  type MessageOptions,
  window,
  workspace,
} from "vscode";
import { Budgets } from "../../../src/spending/budgets";
import { readBudgets, writeBudget } from "../../../src/vscode/spending/budgetSettings";
import { ExtensionBudgets } from "../../../src/vscode/spending/extensionBudgets";
import { noLog } from "../../fakes/editor";
import { FakeLedger } from "../../fakes/ledger";
import { readSlowly } from "../../fakes/slowReader";

const extension = "some.extension";
const change = (value: unknown) =>
  workspace
    .getConfiguration("connectOpenRouter")
    .update("extensionBudgets", value, ConfigurationTarget.Global);

describe("Budgets of extensions", () => {
  const { createInputBox, showWarningMessage, showErrorMessage } = window;
  let ledger: FakeLedger;
  let budgets: ExtensionBudgets;
  let write: (extension: string, usd: number | undefined) => Promise<void>;
  /** The boxes, as they opened, and what the user does there: enters a text, or closes it. */
  let boxes: Pick<InputBox, "title" | "prompt" | "value" | "valueSelection" | "placeholder">[];
  let enter: string | undefined;
  /** What happens while a box is open. */
  let meanwhile: () => Promise<unknown>;
  /** What was shown below the text that was entered. */
  let validation: InputBox["validationMessage"];
  /** The dialogs, and the button that the user presses there. */
  let dialogs: { message: string; options: MessageOptions; buttons: string[] }[];
  let button: string | undefined;
  let endReading: () => void;

  beforeEach(async () => {
    [boxes, dialogs, enter, button, validation] = [[], [], undefined, undefined, undefined];
    meanwhile = async () => {};
    endReading = readSlowly();
    ledger = new FakeLedger();
    write = writeBudget;
    budgets = new ExtensionBudgets(
      new Budgets(ledger.window(), {
        now: () => Date.UTC(2026, 10, 27),
        setting: readBudgets,
        warn() {},
        log: noLog,
      }),
      (...args) => write(...args),
      noLog,
    );
    const dialog = async (message: string, options: MessageOptions, ...buttons: string[]) => {
      dialogs.push({ message, options, buttons });
      return button;
    };
    Object.assign(window, {
      createInputBox: () => {
        const accept = new EventEmitter<void>();
        const hide = new EventEmitter<void>();
        const changed = new EventEmitter<string>();
        const box = {
          value: "",
          validationMessage: undefined as InputBox["validationMessage"],
          onDidAccept: accept.event,
          onDidHide: hide.event,
          onDidChangeValue: changed.event,
          onDidTriggerButton() {},
          hide: () => hide.fire(),
          dispose() {},
          show() {
            const { title, prompt, value, valueSelection, placeholder } = box as unknown as InputBox;
            boxes.push({ title, prompt, value, valueSelection, placeholder });
            void meanwhile().then(() => {
              if (enter === undefined) return hide.fire();
              box.value = enter;
              changed.fire(enter);
              validation = box.validationMessage;
              accept.fire();
              hide.fire(); // where it wasn't accepted, the user gives up
            });
          },
        };
        return box;
      },
      showWarningMessage: dialog,
      showErrorMessage: dialog,
    });
  });
  afterEach(async () => {
    endReading();
    Object.assign(window, { createInputBox, showWarningMessage, showErrorMessage });
    await change(undefined);
  });

  it("say what applies, and what was spent", async () => {
    await change({ [extension]: 5, "other.extension": -1 });
    ledger.spend(extension, 1.2, "2026-11-26");
    ledger.spend("third.extension", 0.0312, "2026-11-26");
    equal(budgets.budgetText("Some.Extension"), "$5.00 a month");
    equal(budgets.budgetText("other.extension"), undefined);
    const text = await budgets.month();
    equal(text(extension), "$1.20 of $5.00 this month");
    equal(text("third.extension"), "$0.031 this month");
    equal(text("other.extension"), "$0.00 this month, invalid budget");
    ledger.failure = new Error("disk");
    equal((await budgets.month())(extension), "Can't read what was spent");
  });

  it("are set for the first time without another question, from a suggestion", async () => {
    enter = "2,50";
    equal(await budgets.set(extension), true);
    deepEqual(readBudgets(), { [extension]: 2.5 });
    deepEqual(dialogs, []);
    const [box] = boxes;
    equal(box?.title, "Budget of some.extension");
    deepEqual([box?.value, box?.valueSelection], ["5", [0, 1]]);
    match(box?.prompt ?? "", /calendar month \(UTC\), in USD\. Costs are known only afterwards/);
  });

  it("are lowered without another question, from the current one, which may be that of all", async () => {
    await change({ "*": 12.5 });
    enter = "10";
    equal(await budgets.set(extension), true);
    enter = "1";
    equal(await budgets.set(extension), true);
    deepEqual(readBudgets(), { "*": 12.5, [extension]: 1 });
    deepEqual(
      boxes.map(({ value }) => value),
      ["12.5", "10"],
    );
    doesNotMatch(boxes[0]?.prompt ?? "", /empty/);
    match(boxes[1]?.prompt ?? "", /may exceed that\. Leave it empty to remove the budget\.$/);
    deepEqual(dialogs, []);
  });

  for (const [what, setting, text, message, pressed, written] of [
    [
      "raised",
      { [extension]: 5 },
      "10",
      "Raise the budget of some.extension from $5.00 a month to $10.00 a month?",
      "Set Budget",
      { [extension]: 10 },
    ],
    [
      "raised above that of all",
      { "*": 5 },
      "10",
      "Raise the budget of some.extension from $5.00 a month to $10.00 a month?",
      "Set Budget",
      { "*": 5, [extension]: 10 },
    ],
    ["removed", { [extension]: 5 }, "", "Remove the budget of some.extension?", "Remove Budget", {}],
    [
      "removed, with a higher one for all",
      { [extension]: 5, "*": 10 },
      " ",
      "Raise the budget of some.extension from $5.00 a month to $10.00 a month?",
      "Set Budget",
      { "*": 10 },
    ],
    [
      "corrected",
      { [extension]: "x" },
      "10",
      "Set the budget of some.extension to $10.00 a month?",
      "Set Budget",
      { [extension]: 10 },
    ],
  ] as const) {
    it(`are ${what} only after a dialog that takes no answer at once`, async () => {
      await change(setting);
      enter = text;
      equal(await budgets.set(extension), false);
      deepEqual(readBudgets(), setting);
      readSlowly(2);
      button = pressed;
      equal(await budgets.set(extension), true);
      deepEqual(readBudgets(), written);
      equal(dialogs.length, 4);
      for (const dialog of dialogs) {
        equal(dialog.message, message);
        equal(dialog.options.modal, true);
        deepEqual(dialog.buttons, [pressed]);
      }
    });
  }

  it("are compared with what they are by then", async () => {
    await change({ [extension]: 10 });
    meanwhile = async () => change({ [extension]: 1 });
    enter = "5";
    equal(await budgets.set(extension), false);
    equal(dialogs[0]?.message, "Raise the budget of some.extension from $1.00 a month to $5.00 a month?");
  });

  it("allow an extension only after a dialog that names it and the amount, also where it's a first budget", async () => {
    enter = "5";
    equal(await budgets.set(extension, { allows: true }), false);
    deepEqual(readBudgets(), {});
    readSlowly(2);
    button = "Allow";
    equal(await budgets.set(extension, { allows: true }), true);
    deepEqual(readBudgets(), { [extension]: 5 });
    equal(dialogs.length, 4);
    equal(dialogs[0]?.message, "Allow some.extension to spend up to $5.00 a month?");
    enter = "";
    equal(await budgets.set(extension, { allows: true }), false, "not without an amount");
    equal(validation, "Enter an amount in USD, such as 12.50.");
    equal(dialogs.length, 4);
  });

  it("change nothing when the box is closed, or is empty without a budget", async () => {
    equal(await budgets.set(extension), false);
    enter = "";
    equal(await budgets.set(extension), false);
    deepEqual(readBudgets(), {});
    deepEqual(dialogs, []);
  });

  it("say what is wrong with an entry, and whether it's spent already", async () => {
    ledger.spend(extension, 5.02, "2026-11-26");
    for (const wrong of ["x", "-1", "1,000"]) {
      enter = wrong;
      equal(await budgets.set(extension), false);
      equal(validation, "Enter an amount in USD, such as 12.50.");
    }
    enter = "5";
    await budgets.set(extension);
    ok(validation && typeof validation === "object");
    equal(validation.severity, InputBoxValidationSeverity.Warning);
    equal(
      validation.message,
      "It has already spent $5.02 this month. With this budget, it can use only free models until December 1.",
    );
    enter = "5.03";
    button = "Set Budget";
    await budgets.set(extension);
    equal(validation, undefined);
    deepEqual(readBudgets(), { [extension]: 5.03 });
  });

  it("say why they couldn't be saved, and change nothing then", async () => {
    enter = "3";
    await change([]);
    equal(await budgets.set(extension), false);
    match(dialogs[0]?.options.detail ?? "", /^Correct the setting connectOpenRouter\.extensionBudgets/);
    deepEqual(readBudgets(), []);
    await change(undefined);
    write = () => Promise.reject(new Error("Unable to write [into](command:x) user settings."));
    equal(await budgets.set(extension), false);
    match(dialogs[1]?.options.detail ?? "", /^Unable to write/);
    doesNotMatch(dialogs[1]?.options.detail ?? "", /\]\(/);
    for (const { message, options, buttons } of dialogs) {
      deepEqual(buttons, ["Open Settings"]);
      equal(message, "The budget couldn't be saved. Nothing was changed.");
      equal(options.modal, true);
    }
  });

  it("can be set also where what was spent can't be read", async () => {
    ledger.failure = new Error("disk");
    enter = "3";
    equal(await budgets.set(extension), true);
    deepEqual(readBudgets(), { [extension]: 3 });
  });

  it("name VS Code's chat", async () => {
    await budgets.set("github.copilot-chat");
    equal(boxes[0]?.title, "Budget of VS Code's chat");
  });
});
