import { deepEqual, equal, rejects } from "node:assert/strict";
import { ConfigurationTarget, workspace } from "vscode";
import { onDidChangeBudgets, readBudgets, writeBudget } from "../../../src/vscode/spending/budgetSettings";

const configuration = () => workspace.getConfiguration("connectOpenRouter");
const change = (value: unknown) =>
  configuration().update("extensionBudgets", value, ConfigurationTarget.Global);

describe("The setting for budgets", () => {
  afterEach(() => change(undefined));

  it("is none by default, and what the user wrote otherwise, valid or not", async () => {
    deepEqual(readBudgets(), {});
    for (const value of [{ "a.b": 5 }, { "a.b": "5" }, [5], 5, "5"]) {
      await change(value);
      deepEqual(readBudgets(), value);
    }
  });

  it("is written for one extension, in the user's settings, and not left empty there", async () => {
    await change({ "A.b": 5, "*": 1 });
    await writeBudget("a.b", 7.5);
    deepEqual(readBudgets(), { "*": 1, "A.b": 7.5 });
    await writeBudget("c.d", 0);
    deepEqual(readBudgets(), { "*": 1, "A.b": 7.5, "c.d": 0 });
    for (const extension of ["*", "a.b", "c.d"]) await writeBudget(extension, undefined);
    equal(configuration().inspect("extensionBudgets")?.globalValue, undefined);
  });

  it("isn't replaced where it is no object", async () => {
    await change([5]);
    await rejects(writeBudget("a.b", 5), TypeError);
    deepEqual(readBudgets(), [5]);
  });

  it("tells when it changes, and when no other does", async () => {
    let changes = 0;
    const subscription = onDidChangeBudgets(() => void changes++);
    await configuration().update("showCredits", false, ConfigurationTarget.Global);
    await configuration().update("showCredits", undefined, ConfigurationTarget.Global);
    equal(changes, 0);
    await change({ "a.b": 5 });
    equal(changes, 1);
    subscription.dispose();
  });
});
