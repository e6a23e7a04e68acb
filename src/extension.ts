import { authentication, commands, type ExtensionContext, window } from "vscode";
import { commandIds } from "./commandIds";
import { LazyServices } from "./lazyServices";

/**
 * Called by the host once the window has started, or before at the first command, callback, or request for a
 * session. Registers what VS Code may call. The rest is loaded when it is needed.
 */
export function activate(context: ExtensionContext): void {
  const lazy = new LazyServices(context, async (reportedNoSessions) =>
    (await import("./services")).createServices(context, reportedNoSessions),
  );
  context.subscriptions.push(
    lazy,
    authentication.registerAuthenticationProvider("openrouter", "OpenRouter", lazy.provider, {
      supportsMultipleAccounts: true,
    }),
    window.registerUriHandler({ handleUri: async (uri) => (await lazy.get()).signInUi.handleUri(uri) }),
    ...commandIds.map((id) => commands.registerCommand(id, async () => (await lazy.get()).run(id))),
    window.onDidChangeWindowState(() => lazy.loadIfUsed()),
  );
  lazy.loadIfUsed();
}
