import { commands, l10n, window } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { chatTurnedOffSetting } from "../chatAvailability";
import { confirm } from "../confirm";
import { offerModelsSetting } from "./modelSettings";

/** @param withoutGitHub whether the chat is known to need no GitHub account */
export function confirmSetUp(withoutGitHub: boolean): Promise<boolean> {
  const detail = l10n.t(
    "This enables VS Code's chat extension, {0}, and adds Connect OpenRouter to its model providers. What you ask is sent to OpenRouter, and paid from your key.",
    "GitHub Copilot Chat",
  );
  return confirm(
    l10n.t("Use OpenRouter's models in VS Code's chat?"),
    withoutGitHub ? `${detail}\n\n${l10n.t("No GitHub account is needed.")}` : detail,
    l10n.t("Set Up Chat"),
  );
}

export async function showNotOffered(): Promise<void> {
  const open = l10n.t("Open Settings");
  const message = l10n.t("OpenRouter's models are turned off in the settings. Turn them on, then try again.");
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openSettings, offerModelsSetting);
}

export async function showTurnedOff(): Promise<void> {
  const open = l10n.t("Open Settings");
  const message = l10n.t(
    "VS Code's AI features are turned off in the settings. Turn them on, then try again.",
  );
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openSettings, chatTurnedOffSetting);
}

export async function showNoChat(): Promise<void> {
  await window.showInformationMessage(
    l10n.t(
      "This editor doesn't have VS Code's chat. Other extensions can use OpenRouter's models: where they let you choose a provider, select VS Code's language models.",
    ),
  );
}

export async function showElsewhere(): Promise<void> {
  const open = l10n.t("Open Settings");
  const message = l10n.t(
    'In this window, VS Code\'s chat runs on the remote machine, and can only use the models of extensions that run there. Install Connect OpenRouter on the remote, and set it to "workspace" in the setting remote.extensionKind.',
  );
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openSettings, "remote.extensionKind");
}

export async function showNeedsGitHub(): Promise<void> {
  const open = l10n.t("Open Chat");
  const message = l10n.t(
    "Before version 1.122, VS Code's chat needs a GitHub account. Update VS Code, or open the chat, sign in to GitHub, and select one of OpenRouter's models.",
  );
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openChat);
}

export async function showSteps(): Promise<void> {
  const open = l10n.t("Manage Language Models");
  const message = l10n.t(
    "The chat couldn't be set up. Run Chat: Manage Language Models, which enables it, then open the chat and select one of OpenRouter's models.",
  );
  if (await window.showWarningMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.manageLanguageModels);
}
