import { commands, extensions, version } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import {
  chatIsElsewhere,
  chatIsTurnedOff,
  chatNeedsGitHub,
  hasChat,
  hasProviderGroups,
} from "../chatAvailability";
import * as messages from "./chatSetUpMessages";
import type { ModelServices } from "./modelServices";
import { readOfferModels } from "./modelSettings";
import { vendor } from "./providerGroup";
import type { UtilityModelOffer } from "./utilityModelOffer";

/** VS Code's chat, also without a GitHub account. VS Code keeps it disabled until the user sets it up. */
const chatExtension = "GitHub.copilot-chat";

/** Opens VS Code's chat with OpenRouter's models, and sets it up before that, when the user says so. */
export class ChatSetUp {
  /** @param firstModel the id of the model that a new chat begins with */
  constructor(
    private readonly services: Pick<ModelServices, "extension" | "activeSession" | "connect" | "group"> & {
      readonly log: Log;
    },
    private readonly firstModel: () => Promise<string | undefined>,
    private readonly utilityModel: Pick<UtilityModelOffer, "show">,
    private readonly editorVersion = version,
  ) {}

  /**
   * Only for the user: called when they run the command. Rejects where the keys can't be read.
   * @param isExplained whether the user has just read what this sets up, and needs no question
   */
  async open({ isExplained = false } = {}): Promise<void> {
    if (!readOfferModels()) return messages.showNotOffered();
    if (chatIsTurnedOff()) return messages.showTurnedOff();
    if (!(await hasChat())) return messages.showNoChat();
    if (chatIsElsewhere(this.services.extension)) return messages.showElsewhere();
    if (!(await this.services.activeSession()) && !(await this.services.connect())) return;
    const needsGitHub = chatNeedsGitHub(this.editorVersion);
    if (needsGitHub) return messages.showNeedsGitHub();
    if (!(await hasProviderGroups())) return messages.showSteps();
    const wasSetUp = this.#isSetUp();
    if (!wasSetUp && !isExplained && !(await messages.confirmSetUp(needsGitHub === false))) return;
    try {
      if (!extensions.getExtension(chatExtension))
        await commands.executeCommand(vscodeCommandIds.installExtension, chatExtension, { enable: true });
      await this.services.group.add();
      await (wasSetUp ? openChat() : this.#openWithModel());
    } catch (error) {
      this.services.log.error(`Can't set up the chat: ${errorText(error)}`);
      return messages.showSteps();
    }
    await this.utilityModel.show();
  }

  /** Whether the user agreed before, and nothing was disabled since. */
  #isSetUp(): boolean {
    return this.services.group.isWanted && extensions.getExtension(chatExtension) !== undefined;
  }

  async #openWithModel(): Promise<void> {
    try {
      const id = await this.firstModel();
      if (id !== undefined) return await openChat({ modelSelector: { vendor, id } });
    } catch (error) {
      this.services.log.warn(`Can't select a model in the chat: ${errorText(error)}`);
    }
    await openChat();
  }
}

/** Without options the chat has the model that the user chose there last, also after a restart. */
const openChat = (...options: object[]) =>
  commands.executeCommand<void>(vscodeCommandIds.openChat, ...options);
