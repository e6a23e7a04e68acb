import { ConfigurationTarget, l10n, window, workspace } from "vscode";
import { errorText, type Log } from "../../common/log";
import { plainText } from "../../common/plainText";
import type { OpenRouterModel } from "../../openrouter/model";
import type { ModelServices } from "./modelServices";
import { vendor } from "./providerGroup";

/** VS Code's settings for its small requests, such as titles and commit messages, since 1.139 at the latest. */
const modelSetting = "chat.utilitySmallModel";
const defaultSetting = "chat.byokUtilityModelDefault";
const due = "utilityModelDue";
const declined = "utilityModelDeclined";
const chosen = "utilityModel";

/** What the user chose by our offer: the setting's value, and whether it went with the last key. */
interface Choice {
  readonly value: string;
  readonly isWithdrawn: boolean;
}

/** Offers a cheap model for the small requests of VS Code's chat, which has none for them otherwise. */
export class UtilityModelOffer {
  /** @param model the cheapest that is suitable */
  constructor(
    private readonly services: Pick<ModelServices, "state" | "sessions" | "assertComplete"> & {
      readonly log: Pick<Log, "warn">;
    },
    private readonly model: () => Promise<Pick<OpenRouterModel, "id" | "name"> | undefined>,
  ) {}

  /** Makes the offer after the chat's next answer: before, the notification would cover the chat's input. */
  async showLater(): Promise<void> {
    await this.services.state.update(due, true); // the window may be reloaded until then
  }

  /** To be called after each answer in the chat. */
  async answered(): Promise<void> {
    const { state } = this.services;
    if (!state.get(due)) return;
    await state.update(due, undefined);
    await this.#show();
  }

  /** Does nothing where the user has chosen a model, or declined. Resolves once the user has answered. */
  async #show(): Promise<void> {
    if (!isMissing() || this.services.state.get(declined) === true) return;
    const model = await this.model().catch((error) => {
      this.services.log.warn(`Can't offer a model for small requests: ${errorText(error)}`);
      return undefined;
    });
    if (!model) return;
    const use = l10n.t("Use It");
    const decline = l10n.t("No, Thanks");
    const answer = await window.showInformationMessage(
      l10n.t(
        "VS Code has no model yet for chat titles and commit messages. Use {0}, the cheapest that is suitable?",
        plainText(model.name),
      ),
      use,
      decline,
    );
    if (answer === decline) await this.services.state.update(declined, true);
    if (answer === use) await this.#choose({ value: `${vendor}/${model.id}`, isWithdrawn: false });
  }

  /** The model goes from the settings with the last key, unless the user has changed it, and comes back with the next. */
  async keepInStep(): Promise<void> {
    const choice = this.services.state.get<Choice>(chosen);
    if (!choice) return;
    const current = workspace.getConfiguration().inspect<unknown>(modelSetting)?.globalValue;
    const isOurs = choice.isWithdrawn ? current === undefined : current === choice.value;
    try {
      if (isOurs && choice.isWithdrawn === (await this.#hasKeys()))
        await this.#choose({ ...choice, isWithdrawn: !choice.isWithdrawn });
    } catch (error) {
      this.services.log.warn(`Can't keep ${modelSetting} in step with the keys: ${errorText(error)}`);
    }
  }

  /** Where this window can't see all keys, there may be one. */
  async #hasKeys(): Promise<boolean> {
    const { sessions, assertComplete } = this.services;
    if ((await sessions()).length > 0) return true;
    return assertComplete().then(
      () => false,
      () => true,
    );
  }

  async #choose(choice: Choice): Promise<void> {
    const value = choice.isWithdrawn ? undefined : choice.value;
    await workspace.getConfiguration().update(modelSetting, value, ConfigurationTarget.Global);
    await this.services.state.update(chosen, choice);
  }
}

/** An older VS Code doesn't have the setting. */
function isMissing(): boolean {
  const settings = workspace.getConfiguration();
  return settings.get<unknown>(modelSetting) === "" && settings.get<unknown>(defaultSetting) !== "mainAgent";
}
