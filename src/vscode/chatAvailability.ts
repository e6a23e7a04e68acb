import { commands, type Extension, ExtensionKind, env, workspace } from "vscode";
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
