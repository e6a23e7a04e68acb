import { authentication, commands, type ExtensionContext, window } from "vscode";
import { commandIds } from "./commandIds";
import { LazyParts } from "./lazyServices";

/**
 * Called by the host once the window has started, or before at the first command, callback, or request for a
 * session. Registers what VS Code may call. The rest is loaded when it is needed.
 */
export function activate(context: ExtensionContext): void {
  const lazy = new LazyParts(context, async (toldNone) =>
    (await import("./services")).build(context, toldNone),
  );
  context.subscriptions.push(
    lazy,
    authentication.registerAuthenticationProvider("openrouter", "OpenRouter", lazy.provider, {
      supportsMultipleAccounts: true,
    }),
    window.registerUriHandler({ handleUri: async (uri) => (await lazy.parts()).ui.handleUri(uri) }),
    ...commandIds.map((id) => commands.registerCommand(id, async () => (await lazy.parts()).run(id))),
    window.onDidChangeWindowState(() => lazy.loadIfUsed()),
  );
  lazy.loadIfUsed();
}
