import { type ExtensionContext, window, workspace } from "vscode";
import type { CommandId } from "./commandIds";
import { commandHandlers } from "./commands";
import { OrderedState } from "./common/serializedMemento";
import { CreditsPolling } from "./credits/creditsPolling";
import { SharedCredits } from "./credits/sharedCredits";
import { SessionJournal } from "./sessions/sessionIndex";
import { SessionStore } from "./sessions/sessionStore";
import { PendingSignIns } from "./signIn/pendingSignIns";
import { ReconnectOffer } from "./signIn/reconnectOffer";
import { SignIn } from "./signIn/signIn";
import { OpenRouterAuthenticationProvider } from "./vscode/authenticationProvider";
import { CreditsMenu } from "./vscode/credits/creditsMenu";
import { CreditsStatusBar } from "./vscode/credits/creditsStatusBar";
import { pollingHost, reconnectHost } from "./vscode/credits/vscodeCreditsHost";
import { KeyCommands } from "./vscode/keys/keyCommands";
import { watchStore } from "./vscode/keys/storeNotifications";
import { changesKeys } from "./vscode/settings";
import { ConnectionReport } from "./vscode/signIn/connectedNotification";
import { SignInUi } from "./vscode/signIn/signInUi";
import { vscodeSignInHost } from "./vscode/signIn/vscodeSignInHost";

/** What VS Code reaches of it. */
export interface Parts {
  readonly provider: OpenRouterAuthenticationProvider;
  readonly ui: SignInUi;
  readonly run: (id: CommandId) => unknown;
}

/**
 * Builds and wires all that the extension is made of; it lives until the window does.
 * @param toldNone whether VS Code was told that there are no sessions, so that it must be told of the first
 */
export function build(context: ExtensionContext, toldNone: boolean): Parts {
  const log = window.createOutputChannel("Connect OpenRouter", { log: true });
  const host = vscodeSignInHost(context, log);
  const state = new OrderedState(context.globalState);
  const journal = new SessionJournal(state, host.environment.ui === "web");
  const store = new SessionStore(context.secrets, journal, host.now);
  const pending = new PendingSignIns(context.secrets, host.now);
  const keys = new KeyCommands(store, host);
  const polling = new CreditsPolling(store, new SharedCredits(state), pollingHost(keys, store, log));
  const report = new ConnectionReport((session) => polling.connected(session), log);
  const ui = new SignInUi(new SignIn(host, store, pending), report, log);
  const offer = new ReconnectOffer(reconnectHost(polling));
  const provider = new OpenRouterAuthenticationProvider(store, () => ui.connect(), log, toldNone);
  context.subscriptions.push(
    log,
    store,
    pending,
    provider,
    keys,
    watchStore(store, journal, state, log),
    new CreditsStatusBar(polling),
    offer,
    workspace.onDidChangeConfiguration((event) => changesKeys(event) && offer.settingsChanged()),
  );
  const handlers = commandHandlers(ui, keys, new CreditsMenu(polling, log), log);
  const run = (id: CommandId) => {
    log.info(`Command ${id}`);
    return handlers[id]();
  };
  return { provider, ui, run };
}
