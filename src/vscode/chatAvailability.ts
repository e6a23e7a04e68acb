import { commands, type Extension, ExtensionKind, env, version, workspace } from "vscode";
import { vscodeCommandIds } from "../commandIds";

/** Whether the user has turned off all AI features of VS Code, and so its chat. */
export const chatIsTurnedOff = () => workspace.getConfiguration().get<unknown>(chatTurnedOffSetting) === true;

/** VS Code's setting for that, since 1.104. */
export const chatTurnedOffSetting = "chat.disableAIFeatures";

/** Whether this editor has VS Code's chat, or one that took its commands over. */
export const hasChat = async (): Promise<boolean> =>
  (await commands.getCommands(true)).includes(vscodeCommandIds.openChat);

/**
 * Whether the chat runs on another machine than this extension. An extension gets only the models of its own extension
 * host (VS Code's `ExtHostLanguageModels` knows no others), so the chat can't use ours there.
 */
export const chatIsElsewhere = ({ extensionKind }: Pick<Extension<unknown>, "extensionKind">): boolean =>
  env.remoteName !== undefined && extensionKind === ExtensionKind.UI;

/**
 * Whether VS Code's chat works only for who is signed in to GitHub, which was so before VS Code 1.122 (microsoft/vscode
 * pull request 317428). Undefined where an editor counts its versions otherwise.
 */
export function chatNeedsGitHub(editorVersion = version): boolean | undefined {
  const minor = /^1\.(\d+)\./.exec(editorVersion)?.[1];
  return minor === undefined ? undefined : Number(minor) < 122;
}

/** Whether this is VS Code itself, or its open-source build, and not an editor that is based on it. */
export const isVscodeItself = () => /^(vscode(-insiders|-exploration)?|code-oss)$/.test(env.uriScheme);

/** Whether this editor's chat may answer with our models. Of other editors, those that have what VS Code's needs. */
export const mayHaveOurChat = async (): Promise<boolean> =>
  (await hasChat()) && (isVscodeItself() || (await hasProviderGroups()));

/** Whether an extension can be added to the model providers, without which the chat wants a GitHub account. */
export const hasProviderGroups = async (): Promise<boolean> =>
  (await commands.getCommands(true)).includes(vscodeCommandIds.addProviderGroup);
