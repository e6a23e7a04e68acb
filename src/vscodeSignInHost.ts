import { type ExtensionContext, ExtensionKind, env, UIKind, Uri } from "vscode";
import { loopbackPage } from "./loopbackPage";
import { callbackPath } from "./openrouter/callback";
import { readSignInSettings } from "./settings";
import type { SignInHost } from "./signIn/signInHost";
import { askForCode, askReplace, offerAddress, rescueKey } from "./signInPrompts";

/** The real editor around a sign-in. */
export const vscodeSignInHost = ({ extension }: ExtensionContext): SignInHost => ({
  environment: {
    ui: env.uiKind === UIKind.Desktop ? "desktop" : "web",
    host: "importScripts" in globalThis ? "webWorker" : "node",
    local: env.remoteName === undefined || extension.extensionKind === ExtensionKind.UI,
  },
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  settings: readSignInSettings,
  loopbackPage,
  askForCode,
  offerAddress,
  askReplace,
  rescueKey,

  async callbackUrl(query) {
    const uri = Uri.from({ scheme: env.uriScheme, authority: extension.id, path: callbackPath, query });
    // Without encoding once more: in a browser the address holds a query within its query.
    return (await env.asExternalUri(uri)).toString(true);
  },

  async openExternal(address) {
    // A Uri would be encoded anew and break the callback URL within it (microsoft/vscode#85930); a string
    // is opened as it is, though the type doesn't tell (microsoft/vscode#173239).
    return env.openExternal(address as unknown as Uri);
  },
});
