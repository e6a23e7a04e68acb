import { type ExtensionContext, window, workspace } from "vscode";
import type { CommandId } from "./commandIds";
import { commandHandlers } from "./commands";
import { SerializedMemento } from "./common/serializedMemento";
import { CreditsPolling } from "./credits/creditsPolling";
import { SharedCredits } from "./credits/sharedCredits";
import { SessionIndex } from "./sessions/sessionIndex";
import { SessionStore } from "./sessions/sessionStore";
import { PendingSignIns } from "./signIn/pendingSignIns";
import { ReconnectOffer } from "./signIn/reconnectOffer";
import { SignIn } from "./signIn/signIn";
import { OpenRouterAuthenticationProvider } from "./vscode/authenticationProvider";
import { CreditsMenu } from "./vscode/credits/creditsMenu";
import { CreditsStatusBar } from "./vscode/credits/creditsStatusBar";
import { vscodeCreditsHost, vscodeReconnectHost } from "./vscode/credits/vscodeCreditsHost";
import { KeyCommands } from "./vscode/keys/keyCommands";
import { showStoreNotifications } from "./vscode/keys/storeNotifications";
import { changesKeys } from "./vscode/settings";
import { ConnectedNotification } from "./vscode/signIn/connectedNotification";
import { SignInUi } from "./vscode/signIn/signInUi";
import { vscodeSignInHost } from "./vscode/signIn/vscodeSignInHost";

/** What VS Code reaches of it. */
export interface Services {
  readonly provider: OpenRouterAuthenticationProvider;
  readonly signInUi: SignInUi;
  readonly run: (id: CommandId) => unknown;
}

/**
 * Builds and wires all that the extension is made of; it lives until the window does.
 * @param reportedNoSessions whether VS Code was told that there are no sessions, so that it must be told of the first
 */
export function createServices(context: ExtensionContext, reportedNoSessions: boolean): Services {
  const log = window.createOutputChannel("Connect OpenRouter", { log: true });
  const host = vscodeSignInHost(context, log);
  const state = new SerializedMemento(context.globalState);
  const index = new SessionIndex(state, host.environment.uiKind === "web");
  const store = new SessionStore(context.secrets, index, host.now);
  const pending = new PendingSignIns(context.secrets, host.now);
  const keys = new KeyCommands(store, host);
  const polling = new CreditsPolling(store, new SharedCredits(state), vscodeCreditsHost(keys, store, log));
  const report = new ConnectedNotification((session) => polling.connected(session), log);
  const ui = new SignInUi(new SignIn(host, store, pending), report, log);
  const offer = new ReconnectOffer(vscodeReconnectHost(polling));
  const provider = new OpenRouterAuthenticationProvider(store, () => ui.connect(), log, reportedNoSessions);
  context.subscriptions.push(
    log,
    store,
    pending,
    provider,
    keys,
    showStoreNotifications(store, index, state, log),
    new CreditsStatusBar(polling),
    offer,
    workspace.onDidChangeConfiguration((event) => changesKeys(event) && offer.settingsChanged()),
  );
  const handlers = commandHandlers(ui, keys, new CreditsMenu(polling, log), log);
  const run = (id: CommandId) => {
    log.info(`Command ${id}`);
    return handlers[id]();
  };
  return { provider, signInUi: ui, run };
}
