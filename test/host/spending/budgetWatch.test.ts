import { deepEqual, equal } from "node:assert/strict";
import { ConfigurationTarget, window, workspace } from "vscode";
import { readBudgets } from "../../../src/vscode/spending/budgetSettings";
import { BudgetWatch } from "../../../src/vscode/spending/budgetWatch";

const change = (value: unknown) =>
  workspace
    .getConfiguration("connectOpenRouter")
    .update("extensionBudgets", value, ConfigurationTarget.Global);

describe("Budgets that are raised elsewhere", () => {
  const { showWarningMessage } = window;
  const windowState = Object.getOwnPropertyDescriptor(window, "state") ?? {};
  let shown: string[];
  /** What the user presses; nothing yet where it's undefined. */
  let button: string | undefined;
  /** Whether another extension closes what it can. */
  let closes: boolean;
  /** What the windows share. */
  let state: Map<string, unknown>;
  let focused: boolean;
  let watches: BudgetWatch[];
  let errors: unknown[];

  const open = () => {
    const shared = {
      get: <T>(key: string) => structuredClone(state.get(key)) as T,
      update: async (key: string, value: unknown) => void state.set(key, structuredClone(value)),
    };
    const watch = new BudgetWatch(shared, (error) => void errors.push(error));
    watches.push(watch);
    return watch;
  };
  const settle = () => new Promise(setImmediate);

  beforeEach(() => {
    [shown, button, closes, state] = [[], undefined, false, new Map()];
    [focused, watches, errors] = [true, [], []];
    Object.defineProperty(window, "state", { get: () => ({ focused, active: focused }), configurable: true });
    Object.assign(window, {
      showWarningMessage: async (message: string, options: string | { modal: true; detail: string }) => {
        const isModal = typeof options === "object";
        shown.push(isModal ? `${message} (dialog) ${options.detail}` : message);
        if (closes && !isModal) return undefined;
        return button ?? new Promise(() => {});
      },
    });
  });
  afterEach(async () => {
    for (const watch of watches) watch.dispose();
    Object.assign(window, { showWarningMessage });
    Object.defineProperty(window, "state", windowState);
    await change(undefined);
    deepEqual(errors, []);
  });

  it("are told of once, as they change", async () => {
    const watch = open();
    await change({ "a.b": 5, "*": 1 });
    await watch.check();
    await change({ "a.b": 4, "*": 1 });
    await watch.check();
    deepEqual(shown, []);
    await change({ "a.b": 50, "*": 1 });
    await watch.check();
    await watch.check();
    deepEqual(shown, [
      "The budget of a.b was raised from $4.00 to $50.00 a month. This was done in the settings, by you or by an extension.",
    ]);
    await change({ "a.b": 50 });
    await watch.check();
    equal(shown.length, 2);
    equal(
      shown[1],
      "The budget of all other extensions, $1.00 a month, was removed. This was done in the settings, by you or by an extension.",
    );
  });

  it("are told of also where that happened while no window was open", async () => {
    await change({ "a.b": 5 });
    await open().check();
    watches[0]?.dispose();
    await change({});
    const watch = open();
    await watch.check();
    deepEqual(shown.length, 1);
    await open().check();
    deepEqual(shown.length, 1, "another window knows");
  });

  it("are told of in the window that has the focus", async () => {
    const watch = open();
    await change({ "a.b": 5 });
    await watch.check();
    focused = false;
    await change({ "a.b": 6 });
    await watch.check();
    deepEqual(shown, []);
    focused = true;
    await watch.check();
    equal(shown.length, 1);
  });

  it("are none that the user raises in our dialogs", async () => {
    const watch = open();
    await watch.write("a.b", 5);
    await watch.write("a.b", 10);
    await watch.write("a.b", undefined);
    await watch.check();
    await open().check();
    deepEqual(shown, []);
  });

  it("are told of also where the user changes another budget in our dialogs", async () => {
    const watch = open();
    await change({ "a.b": 5, "c.d": 1 });
    await watch.check();
    focused = false;
    await change({ "a.b": 5, "c.d": 100 });
    await watch.write("a.b", 6);
    focused = true;
    await watch.check();
    equal(shown.length, 1);
    equal(shown[0]?.startsWith("The budget of c.d was raised from $1.00 to $100.00 a month."), true);
  });

  it("are told of in a dialog where the message was closed before it can have been read", async () => {
    const watch = open();
    await change({ "a.b": 5 });
    await watch.check();
    [closes, button] = [true, "Undo"];
    await change({ "a.b": 6 });
    await watch.check();
    await settleUntil(() => JSON.stringify(readBudgets()) === '{"a.b":5}');
    equal(shown.length, 2);
    equal(
      shown[1],
      "The budget of a.b was raised from $5.00 to $6.00 a month. (dialog) This was done in the settings, by you or by an extension.",
    );
  });

  it("are restored by Undo, and nothing else is", async () => {
    const watch = open();
    await change({ "a.b": 5, "c.d": 2, "e.f": 3, "*": 1 });
    await watch.check();
    button = "Undo";
    await change({ "A.b": 50, "c.d": 1, "*": 1, "new.one": 9 });
    await watch.check();
    await settleUntil(() => !("new.one" in (readBudgets() as object))); // the last one
    deepEqual(readBudgets(), { "c.d": 1, "*": 1, "A.b": 5 }); // lowering was no raise: of c.d, and of e.f to that of all
    await watch.check();
    equal(shown.length, 1);
  });

  it("wait for a setting that is valid", async () => {
    const watch = open();
    await change({ "a.b": 5 });
    await watch.check();
    for (const invalid of [{ "a.b": "x" }, { "a.b": -1 }, [], { "a.b": 5, "*": "x" }]) {
      await change(invalid);
      await watch.check();
    }
    deepEqual(shown, []);
    await change({ "a.b": 500 });
    await watch.check();
    equal(shown.length, 1);
  });

  /** Undoing writes one budget after the other. */
  async function settleUntil(isDone: () => boolean): Promise<void> {
    while (!isDone()) await settle();
  }
});
