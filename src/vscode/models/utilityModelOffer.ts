import { ConfigurationTarget, l10n, type Memento, window, workspace } from "vscode";
import { errorText, type Log } from "../../common/log";
import { plainText } from "../../common/plainText";
import type { OpenRouterModel } from "../../openrouter/model";
import { vendor } from "./providerGroup";

/** VS Code's settings for its small requests, such as titles and commit messages, since 1.139 at the latest. */
const modelSetting = "chat.utilitySmallModel";
const defaultSetting = "chat.byokUtilityModelDefault";
const declined = "utilityModelDeclined";

/** Offers a cheap model for the small requests of VS Code's chat, which has none for them otherwise. */
export class UtilityModelOffer {
  /** @param model the cheapest that is suitable */
  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly model: () => Promise<Pick<OpenRouterModel, "id" | "name"> | undefined>,
    private readonly log: Log,
  ) {}

  /** Does nothing where the user has chosen a model, or declined. Resolves once the user has answered. */
  async show(): Promise<void> {
    if (!isMissing() || this.state.get(declined) === true) return;
    const model = await this.model().catch((error) => {
      this.log.warn(`Can't offer a model for small requests: ${errorText(error)}`);
      return undefined;
    });
    if (!model) return;
    const use = l10n.t("Use It");
    const decline = l10n.t("No, Thanks");
    const chosen = await window.showInformationMessage(
      l10n.t(
        "VS Code has no model yet for chat titles and commit messages. Use {0}, the cheapest that is suitable?",
        plainText(model.name),
      ),
      use,
      decline,
    );
    if (chosen === decline) await this.state.update(declined, true);
    if (chosen !== use) return;
    await workspace
      .getConfiguration()
      .update(modelSetting, `${vendor}/${model.id}`, ConfigurationTarget.Global);
  }
}

/** An older VS Code doesn't have the setting. */
function isMissing(): boolean {
  const settings = workspace.getConfiguration();
  return settings.get<unknown>(modelSetting) === "" && settings.get<unknown>(defaultSetting) !== "mainAgent";
}
