import { Budgets } from "./spending/budgets";
import { Ledger } from "./spending/ledger";
import { spendingExtension } from "./spending/spending";
import { SpendingRecorder } from "./spending/spendingRecorder";
import { TurnCosts } from "./spending/turnCosts";
import type { SpendingPage } from "./spendingPage";
import type { ModelServices } from "./vscode/models/modelServices";
import { readBudgets } from "./vscode/spending/budgetSettings";
import { warnOfBudget } from "./vscode/spending/budgetWarning";
import { BudgetWatch } from "./vscode/spending/budgetWatch";
import { ExtensionBudgets } from "./vscode/spending/extensionBudgets";
import { ledgerFolder } from "./vscode/spending/ledgerFolder";

/** The part of the models that knows what is spent, and may be: built and wired here. */
export function createSpending(services: ModelServices) {
  const { log, report } = services;
  const ledger = new Ledger(ledgerFolder(services.storage), { now: Date.now, log });
  const budgets = new Budgets(ledger, {
    now: Date.now,
    setting: readBudgets,
    warn: (state) => void warnOfBudget(state, extensionBudgets).catch(report),
    log,
  });
  const budgetWatch = new BudgetWatch(services.access, report);
  const write = budgetWatch.write.bind(budgetWatch);
  const extensionBudgets = new ExtensionBudgets(budgets, write, log);
  const turns = new TurnCosts();
  const recorder = new SpendingRecorder(ledger, turns, ({ initiator, session }, { cost }) => {
    services.paid(session, cost);
    void budgets.requestEnded(spendingExtension(initiator));
  });
  const budgetOf = (extension: string) => {
    const budget = budgets.budgetOf(extension);
    return budget === "invalid" ? budget : budget?.amount;
  };
  let loaded: SpendingPage | undefined;
  const page = () => {
    const shown =
      loaded ?? require("./spendingPage").createSpendingPage(ledger, { ...services, budgetOf }, log);
    loaded = shown;
    return shown;
  };
  const subscriptions = [budgetWatch, turns, turns.onDidChange(services.showTurnCost)];
  void budgetWatch.check();
  return {
    recorder,
    /** What the user sets. */
    extensionBudgets,
    /** What is looked at before each request. */
    checkedBudgets: {
      check: (initiator: string | undefined, noted: number) =>
        budgets.check(spendingExtension(initiator), noted),
    },
    page,
    dispose() {
      loaded?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
