import { authentication, commands, EventEmitter, type ExtensionContext, lm, window } from "vscode";
import { commandIds } from "./commandIds";
import { LazyAuthenticationProvider } from "./lazyAuthenticationProvider";
import { lazyChatModelProvider } from "./lazyChatModelProvider";
import { LazyServices } from "./lazyServices";

/**
 * Called by VS Code once the window has started, or before at the first command, callback, or request for a
 * session or a model. Registers what VS Code may call. The rest is loaded when it is needed.
 */
export function activate(context: ExtensionContext): void {
  const openedAt = Date.now();
  const services = new LazyServices(context, async () =>
    require("./services").createServices(context, provider, models, openedAt),
  );
  const provider = new LazyAuthenticationProvider(services);
  const modelChanges = new EventEmitter<void>();
  const models = lazyChatModelProvider(services, modelChanges);
  context.subscriptions.push(
    services,
    provider.changes,
    modelChanges,
    authentication.registerAuthenticationProvider("openrouter", "OpenRouter", provider, {
      supportsMultipleAccounts: true,
    }),
    lm.registerLanguageModelChatProvider("connect-openrouter", models),
    window.registerTerminalProfileProvider(commandIds.openTerminal, {
      provideTerminalProfile: async () => (await services.get()).terminalProfile(),
    }),
    window.registerUriHandler({ handleUri: async (uri) => (await services.get()).handleUri(uri) }),
    ...Object.values(commandIds).map((id) =>
      commands.registerCommand(id, async (argument?: unknown) => (await services.get()).run(id, argument)),
    ),
    window.onDidChangeWindowState(() => services.loadIfUsed()),
  );
  void services.loadIfNeeded();
}
