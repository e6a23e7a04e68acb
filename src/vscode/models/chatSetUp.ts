import { commands, extensions, l10n, window } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import type { OpenRouterModel } from "../../openrouter/model";
import { chatIsElsewhere, chatIsTurnedOff, chatTurnedOffSetting, hasChat } from "../chatAvailability";
import { confirm } from "../confirm";
import type { ModelServices } from "./modelServices";
import { vendor } from "./providerGroup";
import type { UtilityModelOffer } from "./utilityModelOffer";

/** VS Code's chat, also without a GitHub account. VS Code keeps it disabled until the user sets it up. */
const chatExtension = "GitHub.copilot-chat";

/** Opens VS Code's chat with OpenRouter's models, and sets it up before that, when the user says so. */
export class ChatSetUp {
  /** @param chatModel the model to chat with: the last one that the user chose, or else the first in the picker */
  constructor(
    private readonly services: Pick<ModelServices, "extension" | "activeSession" | "connect" | "group"> & {
      readonly log: Log;
    },
    private readonly chatModel: () => Promise<Pick<OpenRouterModel, "id"> | undefined>,
    private readonly utilityModel: Pick<UtilityModelOffer, "show">,
  ) {}

  /** Only for the user: called when they run the command. Rejects where the keys can't be read. */
  async open(): Promise<void> {
    if (chatIsTurnedOff()) return showTurnedOff();
    if (!(await hasChat())) return showNoChat();
    if (chatIsElsewhere(this.services.extension)) return showElsewhere();
    if (!(await this.services.activeSession()) && !(await this.services.connect())) return;
    if (!this.#isSetUp() && !(await confirmSetUp())) return;
    try {
      if (!extensions.getExtension(chatExtension))
        await commands.executeCommand(vscodeCommandIds.installExtension, chatExtension, { enable: true });
      await this.services.group.add();
      await this.#openChat();
    } catch (error) {
      this.services.log.error(`Can't set up the chat: ${errorText(error)}`);
      return showSteps();
    }
    await this.utilityModel.show();
  }

  /** Whether the user agreed before, and nothing was disabled since. */
  #isSetUp(): boolean {
    return this.services.group.isWanted && extensions.getExtension(chatExtension) !== undefined;
  }

  async #openChat(): Promise<void> {
    try {
      const model = await this.chatModel();
      if (model) {
        const modelSelector = { vendor, id: model.id };
        return await commands.executeCommand(vscodeCommandIds.openChat, { modelSelector });
      }
    } catch (error) {
      this.services.log.warn(`Can't select a model in the chat: ${errorText(error)}`);
    }
    await commands.executeCommand(vscodeCommandIds.openChat);
  }
}

const confirmSetUp = () =>
  confirm(
    l10n.t("Use OpenRouter's models in VS Code's chat?"),
    l10n.t(
      "This enables VS Code's chat extension, {0}, and adds Connect OpenRouter to its model providers. You don't need a GitHub account for that. What you ask is sent to OpenRouter, and paid from your key.",
      "GitHub Copilot Chat",
    ),
    l10n.t("Set Up Chat"),
  );

async function showTurnedOff(): Promise<void> {
  const open = l10n.t("Open Settings");
  const message = l10n.t(
    "VS Code's AI features are turned off in the settings. Turn them on, then try again.",
  );
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openSettings, chatTurnedOffSetting);
}

async function showNoChat(): Promise<void> {
  await window.showInformationMessage(
    l10n.t(
      "This editor doesn't have VS Code's chat. Other extensions can use OpenRouter's models: where they let you choose a provider, select VS Code's language models.",
    ),
  );
}

async function showElsewhere(): Promise<void> {
  const open = l10n.t("Open Settings");
  const message = l10n.t(
    'In this window, VS Code\'s chat runs on the remote machine, and can only use the models of extensions that run there. Install Connect OpenRouter on the remote, and set it to "workspace" in the setting remote.extensionKind.',
  );
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openSettings, "remote.extensionKind");
}

async function showSteps(): Promise<void> {
  const open = l10n.t("Manage Language Models");
  const message = l10n.t(
    "The chat couldn't be set up. Run Chat: Manage Language Models, which enables it, then open the chat and select one of OpenRouter's models.",
  );
  if (await window.showWarningMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.manageLanguageModels);
}
