import { authentication, type ExtensionContext, window } from "vscode";
import { OpenRouterAuthenticationProvider } from "./authenticationProvider";
import { registerCommands } from "./commands";
import { KeyCommands } from "./keyCommands";
import { SessionJournal } from "./sessionJournal";
import { SessionStore } from "./sessionStore";
import { PendingSignIns } from "./signIn/pendingSignIns";
import { SignIn } from "./signIn/signIn";
import { SignInUi } from "./signInUi";
import { watchStore } from "./storeWatcher";
import { vscodeSignInHost } from "./vscodeSignInHost";

/** Called by the host at the first command, callback, or request for a session. Reads nothing. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Connect OpenRouter", { log: true });
  const host = vscodeSignInHost(context);
  const journal = new SessionJournal(context.globalState, host.environment.ui === "web");
  const store = new SessionStore(context.secrets, journal, host.now);
  const pending = new PendingSignIns(context.secrets, host.now);
  const ui = new SignInUi(new SignIn(host, store, pending), log);
  const keys = new KeyCommands(store, host);
  const provider = new OpenRouterAuthenticationProvider(store, () => ui.connect());
  context.subscriptions.push(
    log,
    store,
    pending,
    provider,
    keys,
    watchStore(store, journal, context.globalState),
    authentication.registerAuthenticationProvider("openrouter", "OpenRouter", provider, {
      supportsMultipleAccounts: true,
    }),
    window.registerUriHandler(ui),
    registerCommands(ui, keys, log),
  );
}
