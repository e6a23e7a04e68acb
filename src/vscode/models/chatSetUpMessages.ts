import { ConfigurationTarget, commands, type Disposable, env, l10n, window, workspace } from "vscode";
import { commandIds, vscodeCommandIds } from "../../commandIds";
import { plainText } from "../../common/plainText";
import { withTimeLimit } from "../../common/timeLimit";
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

/** @returns whether they are turned on then, as those below do */
export const offerToOfferModels = (): Promise<boolean> =>
  offerToSet(l10n.t("OpenRouter's models are turned off in the settings."), offerModelsSetting, true);

export async function offerToTurnOn(): Promise<boolean> {
  const { workspaceValue, workspaceFolderValue } =
    workspace.getConfiguration().inspect<unknown>(chatTurnedOffSetting) ?? {};
  if (workspaceValue !== true && workspaceFolderValue !== true)
    return offerToSet(
      l10n.t("VS Code's AI features are turned off, and its chat with them."),
      chatTurnedOffSetting,
      false,
    );
  // The file may be others', too.
  const message = l10n.t(
    "This workspace turns VS Code's AI features off, and its chat with them. Turn them on in its settings, then try again.",
  );
  const open = l10n.t("Open Workspace Settings");
  if (await window.showInformationMessage(message, open))
    await commands.executeCommand(vscodeCommandIds.openWorkspaceSettings, chatTurnedOffSetting);
  return false;
}

/** Sets a user setting, if the user says so. */
async function offerToSet(message: string, setting: string, value: boolean): Promise<boolean> {
  if (!(await window.showInformationMessage(message, l10n.t("Turn On")))) return false;
  const settings = () => workspace.getConfiguration();
  try {
    await settings().update(setting, value, ConfigurationTarget.Global);
    if (settings().get(setting) === value) return true;
  } catch {} // a policy, or a settings file with errors
  const open = l10n.t("Open Settings");
  const failed = l10n.t(
    "The setting {0} couldn't be changed. Your organization may manage it, or the settings file may have errors.",
    setting,
  );
  if (await window.showWarningMessage(failed, open))
    await commands.executeCommand(vscodeCommandIds.openSettings, setting);
  return false;
}

/** Milliseconds that the user's trust is waited for. */
const trustTimeLimit = 5 * 60_000;

export async function offerToTrust(): Promise<boolean> {
  const manage = l10n.t("Manage Workspace Trust");
  const message = l10n.t(
    "VS Code's chat doesn't work in Restricted Mode. Once you trust this workspace, the chat opens.",
  );
  if (!(await window.showInformationMessage(message, manage))) return false;
  let subscription: Disposable | undefined;
  const granted = new Promise<void>((resolve) => {
    subscription = workspace.onDidGrantWorkspaceTrust(() => resolve());
  });
  try {
    await commands.executeCommand(vscodeCommandIds.manageTrust);
    await withTimeLimit(granted, trustTimeLimit).catch(() => {}); // later, nobody would know why the chat opens
  } finally {
    subscription?.dispose();
  }
  return workspace.isTrusted;
}

export const showNoChat = (): Promise<void> =>
  offerTools(
    l10n.t(
      "OpenRouter's models answer in VS Code's chat, which isn't available in {0}. You can use them in other tools.",
      plainText(env.appName),
    ),
  );

/** In an editor that is based on an older VS Code. */
export const showOldChat = (): Promise<void> =>
  offerTools(
    l10n.t(
      "OpenRouter's models need the chat of VS Code 1.122 or later, and this version of {0} has an older one. Update {0}, or use them in other tools.",
      plainText(env.appName),
    ),
  );

async function offerTools(message: string): Promise<void> {
  if (await window.showInformationMessage(message, l10n.t("Set Up a Tool…")))
    await commands.executeCommand(commandIds.setUpTool);
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
