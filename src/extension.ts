import { authentication, commands, type ExtensionContext, window } from "vscode";
import { commandIds } from "./commandIds";
import { LazyAuthenticationProvider } from "./lazyAuthenticationProvider";
import { LazyServices } from "./lazyServices";

/**
 * Called by VS Code once the window has started, or before at the first command, callback, or request for a
 * session. Registers what VS Code may call. The rest is loaded when it is needed.
 */
export function activate(context: ExtensionContext): void {
  const openedAt = Date.now();
  const services = new LazyServices(context, async () =>
    (await import("./services")).createServices(context, provider, openedAt),
  );
  const provider = new LazyAuthenticationProvider(services);
  context.subscriptions.push(
    services,
    provider.changes,
    authentication.registerAuthenticationProvider("openrouter", "OpenRouter", provider, {
      supportsMultipleAccounts: true,
    }),
    window.registerUriHandler({ handleUri: async (uri) => (await services.get()).signInUi.handleUri(uri) }),
    ...Object.values(commandIds).map((id) =>
      commands.registerCommand(id, async (argument?: unknown) => (await services.get()).run(id, argument)),
    ),
    window.onDidChangeWindowState(() => services.loadIfUsed()),
  );
  void services.loadIfNeeded();
}
