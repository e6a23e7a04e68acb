import type { LanguageModelChatProvider } from "vscode";
import { ChatPayer } from "./models/chatPayer";
import { ModelAccess } from "./models/modelAccess";
import { firstModel } from "./models/modelChoice";
import { ModelLists } from "./models/modelLists";
import { ReasoningMemory } from "./models/reasoningMemory";
import { TokenEstimator } from "./models/tokenEstimator";
import { utilityModel } from "./models/utilityModel";
import { createSpending } from "./spending";
import { vscodeChat } from "./spending/spending";
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
import { pickModel } from "./vscode/models/pickModel";
import { UtilityModelOffer } from "./vscode/models/utilityModelOffer";
import { ticked } from "./vscode/walkthroughSteps";

/** The entry points for what start-up registers, and for the commands about models. */
export interface Models {
  readonly provider: LanguageModelChatProvider;
  chooseModels(): Promise<void>;
  /** Lets the user choose one model; undefined if the list is closed. */
  pickModel(title: string): Promise<string | undefined>;
  manageAccess(): Promise<void>;
  /** @param from `walkthrough` where the user has just read there what this sets up */
  chat(from: unknown): Promise<void>;
  showSpending(): Promise<void>;
  exportSpending(): Promise<void>;
  clearSpendingHistory(): Promise<void>;
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
  const spending = createSpending(services);
  const question = askForModelAccess(services.termsOf, spending.extensionBudgets);
  const ask: typeof question = async (...subject) => {
    const isAllowed = await question(...subject);
    if (isAllowed) ticked(state, "extension");
    return isAllowed;
  };
  const access = new ModelAccess(services.access, { now: Date.now, ask });
  const lists = new ModelLists({ ...services, now: Date.now }, modelFiles(services.storage));
  const offered = new OfferedModels(lists, !chatIsElsewhere(services.extension), log);
  const tokens = new TokenEstimator(state.get(tokensName));
  const answers = new ChatAnswers({
    payer: new ChatPayer(services, access, offered, spending.checkedBudgets),
    find: (id) => offered.find(id),
    log,
    memory: new ReasoningMemory(),
    tokens,
    learned: () => void state.update(tokensName, tokens.toJSON()),
    spendings: spending.recorder,
    answered(extension) {
      const isChat = extension === vscodeChat;
      ticked(state, isChat ? "chat" : "extension");
      if (isChat) void utilityOffer.answered().catch(services.report);
    },
  });
  const first = async () => {
    const list = await lists.get({ silent: false });
    return list && firstModel(list, readChosenModels());
  };
  const cheapest = async () => utilityModel((await lists.get({ silent: true }))?.models ?? []);
  const utilityOffer = new UtilityModelOffer(services, cheapest);
  const chat = new ChatSetUp(services, first, utilityOffer);
  const accessMenu = new ModelAccessMenu(access, services, ask, spending.extensionBudgets);
  const subscriptions = [
    access,
    spending,
    offered,
    offered.onDidChange(services.modelsChanged),
    onDidChangeOfferModels(services.modelsChanged),
    services.onDidChangeSessions(() => void lists.sessionsChanged()),
    services.onDidChangeSessions(() => void utilityOffer.keepInStep()),
  ];
  return {
    provider: new ChatModelProvider(services, offered, answers, tokens),
    chooseModels: () => chooseModels(lists, services.report),
    pickModel: (title) => pickModel(lists, title),
    manageAccess: () => accessMenu.show(),
    chat: (from) => chat.open(from),
    showSpending: () => spending.page().show(),
    exportSpending: () => spending.page().export(),
    clearSpendingHistory: () => spending.page().clear(),
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
