import { commands, extensions, version, workspace } from "vscode";
import { commandIds, vscodeCommandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import {
  chatIsElsewhere,
  chatIsTurnedOff,
  chatNeedsGitHub,
  hasProviderGroups,
  isVscodeItself,
  mayHaveOurChat,
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
  /** @param firstModel the id of the model that a new chat begins with. Rejects where there is no list of models */
  constructor(
    private readonly services: Pick<ModelServices, "extension" | "activeSession" | "connect" | "group"> & {
      readonly log: Log;
    },
    private readonly firstModel: () => Promise<string | undefined>,
    private readonly utilityModel: Pick<UtilityModelOffer, "showLater">,
    private readonly editorVersion = version,
  ) {}

  /**
   * Connects first, since the key is good for more than the chat, and then says what the chat lacks. Only for the user:
   * called when they run the command. Rejects where the keys, or the first list of models, can't be read.
   * @param from "walkthrough" where the user has just read what this sets up, and needs no question. Any extension can
   * say so, and gains nothing: it can set up the chat by itself
   */
  async open(from?: unknown): Promise<void> {
    const again = () => commands.executeCommand(commandIds.chatWithModels, from);
    if (!(await this.services.activeSession()) && !(await this.services.connect(again))) return;
    const needsGitHub = chatNeedsGitHub(this.editorVersion);
    if (!(await this.#isPossible(needsGitHub)) || !(await isTurnedOn())) return;
    const model = await this.firstModel(); // without any, the chat would be set up, and open, for nothing
    const wasSetUp = this.#isSetUp();
    if (!wasSetUp && from !== "walkthrough" && !(await messages.confirmSetUp(needsGitHub === false))) return;
    try {
      if (!extensions.getExtension(chatExtension))
        await commands.executeCommand(vscodeCommandIds.installExtension, chatExtension, { enable: true });
      await this.services.group.add();
      await (wasSetUp ? openChat() : this.#openWith(model));
    } catch (error) {
      this.services.log.error(`Can't set up the chat: ${errorText(error)}`);
      return isVscodeItself() ? messages.showSteps() : messages.showNoChat();
    }
    await this.utilityModel.showLater();
  }

  /** Whether this editor's chat can use our models. If not, says what the user can do instead. */
  async #isPossible(needsGitHub: boolean | undefined): Promise<boolean> {
    if (!(await mayHaveOurChat())) await messages.showNoChat();
    else if (chatIsElsewhere(this.services.extension)) await messages.showElsewhere();
    else if (needsGitHub) await (isVscodeItself() ? messages.showNeedsGitHub() : messages.showOldChat());
    else if (!(await hasProviderGroups())) await messages.showSteps();
    else return true;
    return false;
  }

  /** Whether the user agreed before, and nothing was disabled since. */
  #isSetUp(): boolean {
    return this.services.group.isWanted && extensions.getExtension(chatExtension) !== undefined;
  }

  async #openWith(id: string | undefined): Promise<void> {
    try {
      if (id !== undefined) return await openChat({ modelSelector: { vendor, id } });
    } catch (error) {
      this.services.log.warn(`Can't select a model in the chat: ${errorText(error)}`);
    }
    await openChat();
  }
}

/** Whether everything is turned on that the chat needs, which the user is asked to do where it isn't. */
const isTurnedOn = async (): Promise<boolean> =>
  (readOfferModels() || (await messages.offerToOfferModels())) &&
  (!chatIsTurnedOff() || (await messages.offerToTurnOn())) &&
  (workspace.isTrusted || (await messages.offerToTrust()));

/**
 * Without options the chat has the model that the user chose there last, also after a restart. An editor that VS Code
 * shows above everything else, such as that of Workspace Trust, would hide it.
 */
async function openChat(...options: object[]): Promise<void> {
  await Promise.resolve(commands.executeCommand(vscodeCommandIds.closeModalEditor)).catch(() => {}); // an older VS Code has none
  await commands.executeCommand(vscodeCommandIds.openChat, ...options);
}
