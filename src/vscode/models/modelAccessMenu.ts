import { type Disposable, l10n, type QuickPick, window } from "vscode";
import type { AccessQuestionsHost } from "../../models/accessQuestions";
import type { ModelAccess } from "../../models/modelAccess";
import { vscodeChat } from "../../spending/spending";
import {
  type AccessButton,
  type AccessItem,
  accessItems,
  chatBudgetButton,
  isAllowed,
  withSpending,
} from "./modelAccessItems";
import type { ModelBudgets } from "./modelBudgets";
import type { ModelServices } from "./modelServices";

/** The list of the extensions that asked for the models, in which the user changes what they may do and spend. */
export class ModelAccessMenu {
  constructor(
    private readonly access: Pick<ModelAccess, "list" | "set">,
    private readonly services: Pick<ModelServices, "sessions" | "report">,
    private readonly ask: AccessQuestionsHost["ask"],
    private readonly budgets: Pick<ModelBudgets, "month" | "set">,
  ) {}

  /** Resolves when the list is shown, or the message that there is none is closed. Rejects where the keys can't be read. */
  async show(): Promise<void> {
    const [listed, sessions, spentText] = await Promise.all([
      this.access.list(),
      this.services.sessions(),
      this.budgets.month(),
    ]);
    const items = accessItems(listed, sessions, spentText);
    if (items.length === 0) return this.#showNone(spentText(vscodeChat));
    const pick = window.createQuickPick<AccessItem>();
    pick.title = l10n.t("Manage Model Access");
    pick.placeholder = l10n.t("Extensions that may use your models");
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.buttons = [chatBudgetButton(spentText(vscodeChat))];
    pick.items = items;
    pick.selectedItems = items.filter(isAllowed);
    const run = (work: Promise<void>) => void work.catch(this.services.report);
    /** Called when the list is hidden only for a while. */
    let hidden: (() => void) | undefined;
    const setBudget = async (extension: string) => {
      await new Promise<void>((resolve) => {
        hidden = resolve;
        pick.hide();
      });
      hidden = undefined;
      try {
        await this.budgets.set(extension);
      } finally {
        await this.#showAgain(pick);
      }
    };
    const subscriptions: Disposable[] = [
      pick,
      pick.onDidTriggerButton(() => run(setBudget(vscodeChat))),
      pick.onDidTriggerItemButton(({ item, button }) => {
        const setsBudget = (button as AccessButton).action === "setBudget";
        run(setsBudget ? setBudget(item.access?.extension ?? "") : this.#askAgain(pick, item));
      }),
      pick.onDidAccept(() => {
        run(this.#change(pick.items, new Set(pick.selectedItems)));
        pick.hide();
      }),
      pick.onDidHide(() => {
        if (hidden) return hidden();
        for (const subscription of subscriptions) subscription.dispose();
      }),
    ];
    pick.show();
  }

  async #showNone(spent: string): Promise<void> {
    const setBudget = l10n.t("Set Budget of VS Code's Chat…");
    const none = l10n.t(
      "No extension has asked to use your OpenRouter models yet. Where one lets you choose a provider, select VS Code's language models.",
    );
    const chosen = await window.showInformationMessage(
      `${none} ${l10n.t("VS Code's chat: {0}.", spent)}`,
      setBudget,
    );
    if (chosen === setBudget) await this.budgets.set(vscodeChat);
  }

  /** Shows the list with what is spent and may be spent by now, and with what the user had selected. */
  async #showAgain(pick: QuickPick<AccessItem>): Promise<void> {
    const spentText = await this.budgets.month();
    const selected = new Set(pick.selectedItems);
    const items = pick.items.map((item) => ({
      item: withSpending(item, spentText),
      isSelected: selected.has(item),
    }));
    pick.buttons = [chatBudgetButton(spentText(vscodeChat))];
    pick.items = items.map(({ item }) => item);
    pick.selectedItems = items.filter(({ isSelected }) => isSelected).map(({ item }) => item);
    pick.show();
  }

  /**
   * Writes what the user changed, and nothing else: another window may have changed it since. Any extension can select
   * in a list by VS Code's commands, so who is to be allowed is asked about in a dialog.
   */
  async #change(items: readonly AccessItem[], selected: ReadonlySet<AccessItem>): Promise<void> {
    const changed = items.filter((item) => selected.has(item) !== isAllowed(item));
    const byId = new Map((await this.services.sessions()).map((session) => [session.id, session]));
    for (const { access } of changed) {
      const session = access && byId.get(access.session);
      if (!session) continue; // removed meanwhile
      const wasAllowed = access.allowed === true;
      const allowed = wasAllowed ? false : await this.ask(access.extension || undefined, session);
      if (allowed !== undefined) await this.access.set(access.extension, access.session, allowed);
    }
  }

  /** Forgets the decision at once. The list stays open with the user's other changes. */
  async #askAgain(pick: QuickPick<AccessItem>, item: AccessItem): Promise<void> {
    if (!item.access) return;
    await this.access.set(item.access.extension, item.access.session, undefined);
    const selected = pick.selectedItems.filter((other) => other !== item);
    pick.items = pick.items.filter((other) => other !== item);
    pick.selectedItems = selected;
    if (!pick.items.some(({ access }) => access)) pick.hide();
  }
}
