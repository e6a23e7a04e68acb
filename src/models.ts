import type { LanguageModelChatProvider } from "vscode";
import { ChatPayer } from "./models/chatPayer";
import { ModelAccess } from "./models/modelAccess";
import { firstModel } from "./models/modelChoice";
import { ModelLists } from "./models/modelLists";
import { ReasoningMemory } from "./models/reasoningMemory";
import { TokenEstimator } from "./models/tokenEstimator";
import { utilityModel } from "./models/utilityModel";
import { Budgets } from "./spending/budgets";
import { Ledger } from "./spending/ledger";
import { spendingExtension } from "./spending/spending";
import { SpendingRecorder } from "./spending/spendingRecorder";
import { TurnCosts } from "./spending/turnCosts";
import { chatIsElsewhere } from "./vscode/chatAvailability";
import { ChatAnswers } from "./vscode/models/chatAnswers";
import { ChatModelProvider } from "./vscode/models/chatModelProvider";
import { ChatSetUp } from "./vscode/models/chatSetUp";
import { chooseModels } from "./vscode/models/chooseModels";
import { readChosenModels } from "./vscode/models/chosenModels";
import { ModelAccessMenu } from "./vscode/models/modelAccessMenu";
import { askForModelAccess } from "./vscode/models/modelAccessQuestion";
import { modelFiles } from "./vscode/models/modelFiles";
import type { ModelServices } from "./vscode/models/modelServices";
import { onDidChangeOfferModels } from "./vscode/models/modelSettings";
import { OfferedModels } from "./vscode/models/offeredModels";
import { UtilityModelOffer } from "./vscode/models/utilityModelOffer";
import { readBudgets } from "./vscode/spending/budgetSettings";
import { warnOfBudget } from "./vscode/spending/budgetWarning";
import { BudgetWatch } from "./vscode/spending/budgetWatch";
import { ExtensionBudgets } from "./vscode/spending/extensionBudgets";
import { ledgerFolder } from "./vscode/spending/ledgerFolder";

/** The entry points for what start-up registers, and for the commands about models. */
export interface Models {
  readonly provider: LanguageModelChatProvider;
  chooseModels(): Promise<void>;
  manageAccess(): Promise<void>;
  chat(): Promise<void>;
  /** Reads what other windows have decided about extensions. */
  refreshAccess(): Promise<void>;
  /** Ends the requests that a removed session pays for, and forgets what the user decided about it. */
  forget(sessionId: string): Promise<void>;
  dispose(): void;
}

/** What the estimator has learned, in the state of the profile. */
const tokensName = "tokenEstimates";

/**
 * Builds and wires what lets VS Code use OpenRouter's models: the composition root of the third bundle, which is
 * loaded at the first request for models, or the first command about them.
 */
export function createModels(services: ModelServices): Models {
  const { log, state } = services;
  const ledger = new Ledger(ledgerFolder(services.storage), { now: Date.now, log });
  const budgets = new Budgets(ledger, {
    now: Date.now,
    setting: readBudgets,
    warn: (state) => void warnOfBudget(state, extensionBudgets).catch(services.report),
    log,
  });
  const budgetWatch = new BudgetWatch(services.access, services.report);
  const extensionBudgets = new ExtensionBudgets(
    budgets,
    (extension, usd) => budgetWatch.write(extension, usd),
    log,
  );
  const ask = askForModelAccess(services.termsOf, extensionBudgets);
  const access = new ModelAccess(services.access, { now: Date.now, ask });
  const lists = new ModelLists({ ...services, now: Date.now }, modelFiles(services.storage));
  const offered = new OfferedModels(lists, !chatIsElsewhere(services.extension), log);
  const tokens = new TokenEstimator(state.get(tokensName));
  const turns = new TurnCosts();
  const recorder = new SpendingRecorder(ledger, turns, ({ initiator, session }) => {
    services.spent(session.id);
    void budgets.requestEnded(spendingExtension(initiator));
  });
  const payer = new ChatPayer(services, access, offered, {
    check: (initiator, noted) => budgets.check(spendingExtension(initiator), noted),
  });
  const answers = new ChatAnswers({
    payer,
    log,
    memory: new ReasoningMemory(),
    tokens,
    learned: () => void state.update(tokensName, tokens.toJSON()),
    spendings: recorder,
  });
  const first = async () => {
    const list = await lists.get({ silent: true });
    return list && firstModel(list, readChosenModels());
  };
  const cheapest = async () => utilityModel((await lists.get({ silent: true }))?.models ?? []);
  const utilityOffer = new UtilityModelOffer(services, cheapest);
  const chat = new ChatSetUp(services, first, utilityOffer);
  const accessMenu = new ModelAccessMenu(access, services, ask, extensionBudgets);
  const subscriptions = [
    access,
    budgetWatch,
    offered,
    turns,
    turns.onDidChange(services.showTurnCost),
    offered.onDidChange(services.modelsChanged),
    onDidChangeOfferModels(services.modelsChanged),
    services.onDidChangeSessions(() => void lists.sessionsChanged()),
    services.onDidChangeSessions(() => void utilityOffer.keepInStep()),
  ];
  void budgetWatch.check();
  return {
    provider: new ChatModelProvider(services, offered, answers, tokens),
    chooseModels: () => chooseModels(lists, services.report),
    manageAccess: () => accessMenu.show(),
    chat: () => chat.open(),
    refreshAccess: () => access.refresh(),
    async forget(sessionId) {
      answers.stop(sessionId);
      await Promise.all([access.forget(sessionId), utilityOffer.keepInStep()]);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
