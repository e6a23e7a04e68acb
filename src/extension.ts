import { authentication, type ExtensionContext, window, workspace } from "vscode";
import { OpenRouterAuthenticationProvider } from "./authenticationProvider";
import { registerCommands } from "./commands";
import { ConnectionReport } from "./connectionReport";
import { CreditsPolling } from "./credits/creditsPolling";
import { ReconnectOffer } from "./credits/reconnectOffer";
import { SharedCredits } from "./credits/sharedCredits";
import { pollingHost, reconnectHost } from "./creditsHost";
import { CreditsMenu } from "./creditsMenu";
import { CreditsStatusBar } from "./creditsStatusBar";
import { KeyCommands } from "./keyCommands";
import { OrderedState } from "./orderedState";
import { SessionJournal } from "./sessionJournal";
import { SessionStore } from "./sessionStore";
import { changesKeys } from "./settings";
import { PendingSignIns } from "./signIn/pendingSignIns";
import { SignIn } from "./signIn/signIn";
import { SignInUi } from "./signInUi";
import { watchStore } from "./storeWatcher";
import { vscodeSignInHost } from "./vscodeSignInHost";

/**
 * Called by the host once the window has started, or before at the first command, callback, or request for a
 * session. Reads no secret unless the person has connected before.
 */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Connect OpenRouter", { log: true });
  const host = vscodeSignInHost(context);
  const state = new OrderedState(context.globalState);
  const journal = new SessionJournal(state, host.environment.ui === "web");
  const store = new SessionStore(context.secrets, journal, host.now);
  const pending = new PendingSignIns(context.secrets, host.now);
  const keys = new KeyCommands(store, host);
  const polling = new CreditsPolling(store, new SharedCredits(state), pollingHost(keys));
  const report = new ConnectionReport((session) => polling.connected(session), log);
  const ui = new SignInUi(new SignIn(host, store, pending), report, log);
  const offer = new ReconnectOffer(reconnectHost(polling));
  const provider = new OpenRouterAuthenticationProvider(store, () => ui.connect());
  context.subscriptions.push(
    log,
    store,
    pending,
    provider,
    keys,
    watchStore(store, journal, state),
    authentication.registerAuthenticationProvider("openrouter", "OpenRouter", provider, {
      supportsMultipleAccounts: true,
    }),
    window.registerUriHandler(ui),
    new CreditsStatusBar(polling),
    offer,
    workspace.onDidChangeConfiguration((event) => changesKeys(event) && offer.settingsChanged()),
    registerCommands(ui, keys, new CreditsMenu(polling), log),
  );
}
