import { type Disposable, l10n, type QuickInputButton, ThemeIcon, window } from "vscode";
import { usualChoice } from "../../models/modelChoice";
import type { ModelLists } from "../../models/modelLists";
import { findModel } from "../../models/modelVariants";
import type { ModelList } from "../../openrouter/model";
import { chatIsTurnedOff, mayHaveOurChat } from "../chatAvailability";
import { showNotConnected } from "../keys/notConnected";
import { offerToOfferModels, offerToTurnOn, showNoChat } from "./chatSetUpMessages";
import { readChosenModels, writeChosenModels } from "./chosenModels";
import { type ModelItem, modelItems } from "./modelItems";
import { readOfferModels } from "./modelSettings";

/**
 * Lets the user tick the models that the model picker shows. Where there is no key, offers to connect. Rejects where
 * there is no list.
 */
export async function chooseModels(
  lists: Pick<ModelLists, "get" | "refresh">,
  report: (error: unknown) => void,
): Promise<void> {
  const pick = new ChooseModelsPick(lists, report);
  pick.show();
  await pick.load(() => lists.get({ silent: false }));
}

/** The quick pick. Nothing changes unless it is accepted. */
class ChooseModelsPick {
  readonly #pick = window.createQuickPick<ModelItem>();
  readonly #reset = button("discard", l10n.t("Reset to the most popular models"));
  readonly #refresh = button("refresh", l10n.t("Refresh"));
  readonly #subscriptions: readonly Disposable[];
  #isOpen = true;
  #list: ModelList | undefined;
  /** The ids that are ticked. */
  #ticked: readonly string[] = [];
  /** Those that were ticked when the list was last sorted. They stay on top without their ticks as well. */
  #onTop: readonly string[] = [];
  /** The id that is offered because the user typed it. */
  #typed: string | undefined;

  constructor(
    private readonly lists: Pick<ModelLists, "refresh">,
    private readonly report: (error: unknown) => void,
  ) {
    const pick = this.#pick;
    pick.title = l10n.t("Choose Models (price per million tokens, context)");
    pick.placeholder = l10n.t("Select models, or enter a variant or a preset");
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.buttons = [this.#reset, this.#refresh];
    this.#subscriptions = [
      pick,
      pick.onDidChangeSelection((items) => {
        this.#ticked = items.flatMap(({ id }) => id ?? []);
      }),
      pick.onDidChangeValue(() => this.#offerTyped()),
      pick.onDidTriggerButton((pressed) => {
        if (pressed === this.#reset) this.#tick(this.#usual());
        else void this.load(() => this.lists.refresh()).catch(this.report);
      }),
      pick.onDidAccept(() => void this.#accept()),
      pick.onDidHide(() => this.#dispose()),
    ];
  }

  show(): void {
    this.#pick.show();
  }

  /** Shows the list once it is there. What the user ticked in the meantime stays ticked. Rejects with why there is none. */
  async load(list: () => Promise<ModelList | undefined>): Promise<void> {
    const pick = this.#pick;
    pick.busy = true;
    try {
      const loaded = await list();
      if (!this.#isOpen) return;
      if (!loaded) {
        pick.hide();
        await showNotConnected();
        return;
      }
      const chosen = readChosenModels();
      const isFirst = this.#list === undefined;
      this.#list = loaded;
      this.#tick(isFirst ? (chosen.length > 0 ? chosen : this.#usual()) : this.#ticked);
    } catch (error) {
      if (this.#isOpen && !this.#list) pick.hide();
      throw error;
    } finally {
      pick.busy = false;
    }
  }

  #usual(): string[] {
    return this.#list ? usualChoice(this.#list) : [];
  }

  /** Ticks these, and puts them on top. */
  #tick(ids: readonly string[]): void {
    this.#ticked = ids;
    this.#onTop = ids;
    this.#draw();
  }

  /** Offers what the user typed, where it is the id of a model that isn't listed. */
  #offerTyped(): void {
    const typed = this.#impliedId();
    if (typed === this.#typed) return;
    // What was added stays, where the user sees it.
    const listed = new Set(this.#list?.models.map(({ id }) => id));
    this.#onTop = [...new Set([...this.#ticked.filter((id) => !listed.has(id)), ...this.#onTop])];
    this.#draw();
  }

  #impliedId(): string | undefined {
    const id = this.#pick.value.trim();
    const listed = new Map(this.#list?.models.map((model) => [model.id, model]));
    return !listed.has(id) && findModel(id, listed) ? id : undefined;
  }

  #draw(): void {
    if (!this.#list) return;
    this.#typed = this.#impliedId();
    const pick = this.#pick;
    pick.items = modelItems(this.#list, { onTop: this.#onTop, typed: this.#typed, now: Date.now() });
    pick.selectedItems = pick.items.filter(({ id }) => id !== undefined && this.#ticked.includes(id));
  }

  async #accept(): Promise<void> {
    const usual = new Set(this.#usual());
    const isUsual = this.#ticked.length === usual.size && this.#ticked.every((id) => usual.has(id));
    this.#pick.hide();
    if (!this.#list) return;
    if (this.#ticked.length === 0)
      void window.showInformationMessage(
        l10n.t("No model was selected, so the model picker shows the most popular ones."),
      );
    const ids = this.#pick.items.flatMap(({ id }) => (id && this.#ticked.includes(id) ? id : []));
    try {
      await writeChosenModels(isUsual ? [] : ids);
      // Nobody would see them.
      if (!readOfferModels()) await offerToOfferModels();
      else if (chatIsTurnedOff()) await offerToTurnOn();
      else if (!(await mayHaveOurChat())) await showNoChat();
    } catch (error) {
      this.report(error);
    }
  }

  #dispose(): void {
    this.#isOpen = false;
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

const button = (icon: string, tooltip: string): QuickInputButton => ({
  iconPath: new ThemeIcon(icon),
  tooltip,
});
