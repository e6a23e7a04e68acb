import { commands, type Extension, l10n, version, window } from "vscode";
import { commandIds } from "../commandIds";
import {
  chatIsElsewhere,
  chatIsTurnedOff,
  chatNeedsGitHub,
  hasChat,
  hasProviderGroups,
} from "./chatAvailability";
import { readOfferModels } from "./models/modelSettings";
import type { ProviderGroup } from "./models/providerGroup";

/** Offers VS Code's chat after connecting, where the command for it would do more than say why it can't. */
export class ChatOffer {
  constructor(
    private readonly extension: Pick<Extension<unknown>, "extensionKind">,
    private readonly group: Pick<ProviderGroup, "isWanted">,
    private readonly editorVersion = version,
  ) {}

  /** The button of the offer, for a message that is shown anyway; none where there is no offer. */
  async buttons(): Promise<string[]> {
    const canBeSetUp =
      !this.group.isWanted && // before, the user knows where the chat is
      readOfferModels() &&
      !chatIsTurnedOff() &&
      !chatIsElsewhere(this.extension) &&
      !chatNeedsGitHub(this.editorVersion) &&
      (await hasChat()) &&
      (await hasProviderGroups());
    return canBeSetUp ? [title()] : [];
  }

  /** Opens the chat, if that is the button that the user chose. */
  async follow(chosen: string | undefined): Promise<void> {
    if (chosen === title()) await commands.executeCommand(commandIds.chatWithModels);
  }

  /** Makes the offer in a message of its own. Resolves once it's answered. */
  async show(): Promise<void> {
    const buttons = await this.buttons();
    if (buttons.length === 0) return;
    const message = l10n.t("You can now use OpenRouter's models in VS Code's chat.");
    await this.follow(await window.showInformationMessage(message, ...buttons));
  }
}

/** Short, since VS Code cuts what doesn't fit beside the other buttons of a message. */
const title = () => l10n.t("Open Chat");
