import { deepEqual, equal, rejects } from "node:assert/strict";
import {
  ConfigurationTarget,
  EventEmitter,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPickItem,
  window,
  workspace,
} from "vscode";
import { askForCreditLimit } from "../../../src/vscode/creditLimitPick";
import { describeError } from "../../../src/vscode/errorMessages";
import { SettingsNotWritten } from "../../../src/vscode/settings";
import { CreditLimitQuestion } from "../../../src/vscode/signIn/creditLimitQuestion";

/** What the user does in a list or a box: accepts it, perhaps after choosing or entering something, or not. */
type Act = { type?: string; choose?: string; enter?: string } | "back" | "escape";

/** The parts of both that are used. */
interface FakeInput {
  title: string;
  value: string;
  items?: readonly QuickPickItem[];
  activeItems?: readonly QuickPickItem[];
  buttons?: readonly QuickInputButton[];
  validationMessage?: unknown;
  step?: number;
}

describe("The question about the credit limit", () => {
  const { createInputBox, createQuickPick } = window;
  const { getConfiguration } = workspace;
  const settings = () => getConfiguration("connectOpenRouter");
  const stored = () =>
    ["creditLimit", "creditLimitReset"].map(
      (name) => (settings().inspect(name) as { globalLocalValue?: unknown } | undefined)?.globalLocalValue,
    );
  const decide = (name: string, value: unknown) => settings().update(name, value, ConfigurationTarget.Global);
  let acts: Act[];
  /** What was shown: the row that Enter would take, or what stands in the box. */
  let shown: unknown[];
  /** Which question that was. */
  let steps: unknown[];
  /** What the box says is wrong, before anything is entered. */
  let problems: unknown[];
  let answered: number;
  let question: CreditLimitQuestion;

  beforeEach(() => {
    [acts, shown, steps, problems, answered] = [[], [], [], [], 0];
    question = new CreditLimitQuestion(askForCreditLimit, () => answered++);
    Object.assign(window, { createInputBox: fakeInput, createQuickPick: fakeInput });
  });
  afterEach(async () => {
    Object.assign(window, { createInputBox, createQuickPick });
    Object.assign(workspace, { getConfiguration });
    await decide("creditLimit", undefined);
    await decide("creditLimitReset", undefined);
  });

  function fakeInput() {
    const [accept, hidden, changed, button] = [1, 2, 3, 4].map(() => new EventEmitter<unknown>()) as [
      EventEmitter<unknown>,
      EventEmitter<unknown>,
      EventEmitter<unknown>,
      EventEmitter<unknown>,
    ];
    const input: FakeInput = { title: "", value: "" };
    return Object.assign(input, {
      ...{ onDidAccept: accept.event, onDidHide: hidden.event },
      ...{ onDidChangeValue: changed.event, onDidTriggerButton: button.event },
      hide: () => hidden.fire(undefined),
      dispose() {},
      show() {
        const { items, activeItems = items?.slice(0, 1) ?? [] } = input;
        shown.push(items ? activeItems[0]?.label : `box ${input.value}`);
        steps.push(input.step);
        problems.push(input.validationMessage);
        const act = acts.shift();
        if (act === undefined) throw new Error("Unexpectedly asked");
        if (act === "escape") return hidden.fire(undefined);
        if (act === "back") {
          deepEqual(input.buttons, [QuickInputButtons.Back]);
          return button.fire(QuickInputButtons.Back);
        }
        if (act.type !== undefined) {
          input.value = act.type;
          // As VS Code filters it.
          const matching = items?.filter(
            ({ label, alwaysShow }) => alwaysShow || label.includes(act.type ?? ""),
          );
          input.activeItems = matching?.slice(0, 1) ?? [];
        } else input.activeItems = activeItems;
        if (act.choose !== undefined) {
          const chosen = items?.find(({ label }) => label === act.choose);
          if (!chosen) throw new Error(`No row ${act.choose}`);
          input.activeItems = [chosen];
        }
        if (act.enter !== undefined) changed.fire(Object.assign(input, { value: act.enter }).value);
        accept.fire(undefined);
        if (input.validationMessage) hidden.fire(undefined);
      },
    });
  }

  it("is needed until somebody has decided, also for no limit", async () => {
    equal(question.isNeeded, true);
    for (const value of [5, 0, null, "invalid"]) {
      await decide("creditLimit", value);
      equal(question.isNeeded, false, String(value));
    }
    await decide("creditLimit", undefined);
    await decide("creditLimitReset", "daily"); // which says nothing of the limit
    equal(question.isNeeded, true);
  });

  // As VS Code has it (`ExtHostConfigProvider`: `user?.value ?? application?.value`).
  for (const [where, inspected, isNeeded] of [
    ["in the default profile", { globalLocalValue: null }, false],
    ["in another profile", { globalValue: null }, false],
    ["nowhere", {}, true],
  ] as const) {
    it(`finds no limit ${where}`, () => {
      Object.assign(workspace, { getConfiguration: () => ({ get: () => null, inspect: () => inspected }) });
      equal(question.isNeeded, isNeeded);
    });
  }

  for (const [what, user, settled] of [
    ["Enter takes the first amount, and no reset", [{}, {}], [5, undefined]],
    ["another row", [{ choose: "$25" }, { choose: "Monthly" }], [25, "monthly"]],
    ["another amount", [{ choose: "Another Amount…" }, { enter: "12.50" }, {}], [12.5, undefined]],
    ["an amount that is typed at once", [{ type: "7.5" }, {}, {}], [7.5, undefined]],
    ["no limit, which is asked no reset", [{ choose: "No limit" }], [null, undefined]],
    ["free models only", [{ choose: "Another Amount…" }, { enter: "0" }, {}], [0, undefined]],
    ["back from the reset", [{}, "back", { choose: "$10" }, {}], [10, undefined]],
    ["back from the amount", [{ choose: "Another Amount…" }, "back", { choose: "$10" }, {}], [10, undefined]],
  ] as [string, Act[], unknown[]][]) {
    it(`puts the answer into the settings: ${what}`, async () => {
      acts = user;
      equal(await question.ask(), true);
      deepEqual([stored(), answered, acts], [settled, 1, []]);
      equal(question.isNeeded, false);
    });
  }

  it("proposes the reset that stands in the settings, and leaves it there", async () => {
    await decide("creditLimitReset", "weekly");
    acts = [{}, {}];
    await question.ask();
    deepEqual(shown, ["$5", "Weekly"]);
    deepEqual(stored(), [5, "weekly"]);
  });

  it("numbers its steps, and finds nothing wrong with a box before something is entered", async () => {
    acts = [{ choose: "Another Amount…" }, { enter: "7.50" }, {}];
    await question.ask();
    deepEqual(steps, [1, 1, 2]);
    deepEqual(problems, [undefined, undefined, undefined]);
  });

  for (const user of [
    ["escape"],
    [{}, "escape"],
    [{ choose: "Another Amount…" }, "escape"],
    [{ choose: "Another Amount…" }, { enter: "much" }],
    [{ choose: "Another Amount…" }, { enter: "0.1234567" }],
    [{ choose: "Another Amount…" }, { enter: "" }],
  ] as Act[][]) {
    it(`changes nothing where the user gives up: ${JSON.stringify(user)}`, async () => {
      acts = user;
      equal(await question.ask(), false);
      deepEqual([stored(), answered], [[undefined, undefined], 0]);
      equal(question.isNeeded, true);
    });
  }

  it("is one, whoever asks while it's open, and a new one after that", async () => {
    acts = [{}, {}];
    deepEqual(await Promise.all([question.ask(), question.ask()]), [true, true]);
    deepEqual([shown.length, answered], [2, 1]);
    acts = ["escape"];
    equal(await question.ask(), false);
  });

  it("says what to do where VS Code can't write the settings, and stays open to be asked again", async () => {
    acts = [{}, {}];
    Object.assign(workspace, {
      getConfiguration: (section: string) => ({
        get: (name: string) => getConfiguration(section).get(name),
        update: () => Promise.reject(new Error("The file has errors")),
      }),
    });
    await rejects(question.ask(), (error) => {
      equal(error instanceof SettingsNotWritten, true);
      deepEqual(describeError(error)?.buttons, [
        { title: "Open Settings File", command: "workbench.action.openSettingsJson" },
      ]);
      return true;
    });
    deepEqual([stored(), answered], [[undefined, undefined], 1]);
    acts = ["escape"];
    equal(await question.ask(), false);
  });
});
