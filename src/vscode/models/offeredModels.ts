import { type Disposable, workspace } from "vscode";
import { Emitter } from "../../common/emitter";
import type { Log } from "../../common/log";
import { plainText } from "../../common/plainText";
import { chooseModels } from "../../models/modelChoice";
import { type ModelInformation, modelInformation } from "../../models/modelInformation";
import type { ModelLists } from "../../models/modelLists";
import { modelNames } from "../../models/modelNames";
import { findModel } from "../../models/modelVariants";
import type { ModelList, OpenRouterModel } from "../../openrouter/model";
import { chosenModelsSetting, readChosenModels } from "./chosenModels";
import { effortWords, modelWords } from "./modelText";

/** The models as VS Code gets them: all of the session in use, of which the model picker shows those that were chosen. */
export class OfferedModels {
  readonly #changes = new Emitter<void>();
  /** Fires when there may be another answer. */
  readonly onDidChange = this.#changes.event;
  readonly #subscriptions: Disposable[];
  /** The last answer, since VS Code asks many times. */
  #answer:
    | { readonly list: ModelList; readonly key: string; readonly models: ModelInformation[] }
    | undefined;
  /** The ids that were logged as unknown. */
  readonly #reported = new Set<string>();

  constructor(
    private readonly lists: Pick<ModelLists, "get" | "onDidChange">,
    /** Whether the model picker shows any: it's that of VS Code's chat, which may not be able to use them. */
    private readonly areShown: boolean,
    private readonly log: Pick<Log, "warn">,
  ) {
    this.#subscriptions = [
      lists.onDidChange(() => this.#changes.fire()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(chosenModelsSetting)) this.#changes.fire();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Rejects where the keys can't be read and, unless it is `silent`, where the first list can't be fetched. */
  async get(options: { readonly silent: boolean }): Promise<ModelInformation[]> {
    const list = await this.lists.get(options);
    if (!list) return [];
    const chosen = readChosenModels();
    const now = Date.now();
    const key = JSON.stringify([chosen, new Date(now).toDateString()]); // the warnings depend on the day
    if (this.#answer?.list !== list || this.#answer.key !== key) {
      this.#answer = { list, key, models: this.#information(list, chosen, now) };
    }
    return this.#answer.models;
  }

  /** The model with this id, if the session in use can use it. Rejects where the keys can't be read. */
  async find(id: string): Promise<OpenRouterModel | undefined> {
    const { models = [] } = (await this.lists.get({ silent: true })) ?? {};
    return findModel(id, new Map(models.map((model) => [model.id, model])));
  }

  #information(list: ModelList, chosen: readonly string[], now: number): ModelInformation[] {
    const { models, shown, unknown } = chooseModels(list, chosen);
    for (const id of unknown) {
      if (!this.#reported.has(id)) this.log.warn(`${chosenModelsSetting}: no model ${plainText(id)}`);
      this.#reported.add(id);
    }
    const names = modelNames(models);
    const efforts = effortWords();
    return models.map((model) =>
      modelInformation(model, {
        name: names.get(model.id) ?? model.id,
        isShown: this.areShown && shown.has(model.id),
        words: modelWords(model, now),
        effortWords: efforts,
      }),
    );
  }
}
