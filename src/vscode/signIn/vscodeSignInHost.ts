import { type ExtensionContext, ExtensionKind, env, UIKind, version } from "vscode";
import type { Log } from "../../common/log";
import { callbackPath } from "../../openrouter/callback";
import type { SignInHost } from "../../signIn/signInHost";
import { handlerUrl } from "../handlerUrl";
import { openExternalUrl } from "../openExternal";
import { readSignInSettings } from "../settings";
import { loopbackPage } from "./loopbackPage";
import { showSignInProgress } from "./signInProgress";
import { askForCode, askReplace, offerKeyForCopying, offerPage } from "./signInPrompts";

/** `SignInHost` on VS Code. */
export const vscodeSignInHost = (
  { extension }: ExtensionContext,
  log: Log,
  findUser: SignInHost["findUser"],
): SignInHost => ({
  environment: {
    uiKind: env.uiKind === UIKind.Desktop ? "desktop" : "web",
    extensionHost: "importScripts" in globalThis ? "webWorker" : "node",
    local: env.remoteName === undefined || extension.extensionKind === ExtensionKind.UI,
  },
  // The remote name of a server in a browser is its address, which must not be logged.
  editor: `Version ${extension.packageJSON.version}, ${env.appName} ${version}, scheme ${env.uriScheme}, remote ${env.remoteName?.replace(/.*[.:].*/, "server") ?? "none"}`,
  log,
  openExternal: openExternalUrl,
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  settings: readSignInSettings,
  loopbackPage,
  showProgress: showSignInProgress,
  askForCode,
  offerUrl: offerPage,
  askReplace,
  findUser,
  offerKeyForCopying,
  callbackUrl: (query) => handlerUrl(extension.id, callbackPath, query),
});
