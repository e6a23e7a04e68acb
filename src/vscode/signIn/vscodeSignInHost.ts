import { type ExtensionContext, ExtensionKind, env, UIKind, Uri, version } from "vscode";
import type { Log } from "../../common/log";
import { callbackPath } from "../../openrouter/callback";
import type { SignInHost } from "../../signIn/signInHost";
import { offerAddress, openExternalUrl } from "../openExternal";
import { readSignInSettings } from "../settings";
import { loopbackPage } from "./loopbackPage";
import { withSignInProgress } from "./signInProgress";
import { askForCode, askReplace, offerKeyForCopying } from "./signInPrompts";

/** The real editor around a sign-in. */
export const vscodeSignInHost = ({ extension }: ExtensionContext, log: Log): SignInHost => ({
  environment: {
    uiKind: env.uiKind === UIKind.Desktop ? "desktop" : "web",
    extensionHost: "importScripts" in globalThis ? "webWorker" : "node",
    local: env.remoteName === undefined || extension.extensionKind === ExtensionKind.UI,
  },
  // A server in a browser has its address for a remote name, which is nobody's business.
  editor: `Version ${extension.packageJSON.version}, ${env.appName} ${version}, scheme ${env.uriScheme}, remote ${env.remoteName?.replace(/.*[.:].*/, "server") ?? "none"}`,
  log,
  openExternal: openExternalUrl,
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  settings: readSignInSettings,
  loopbackPage,
  withProgress: withSignInProgress,
  askForCode,
  offerAddress,
  askReplace,
  offerKeyForCopying,

  async callbackUrl(query) {
    const uri = Uri.from({ scheme: env.uriScheme, authority: extension.id, path: callbackPath, query });
    // Without encoding once more: in a browser the address holds a query within its query.
    return (await env.asExternalUri(uri)).toString(true);
  },
});
