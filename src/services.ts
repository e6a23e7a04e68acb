import { commands, type ExtensionContext, type TerminalProfile, type Uri, window } from "vscode";
import { CopiedKey } from "./clipboard/copiedKey";
import { type CommandId, vscodeCommandIds } from "./commandIds";
import { commandRunner } from "./commands";
import { SecretMemento } from "./common/secretMemento";
import { SerializedMemento } from "./common/serializedMemento";
import { CreditsPolling } from "./credits/creditsPolling";
import { SharedCredits } from "./credits/sharedCredits";
import { LazyBundle } from "./lazyBundle";
import type { Models } from "./models";
import { ActiveSession } from "./sessions/activeSession";
import { SessionIndex } from "./sessions/sessionIndex";
import { SessionStore } from "./sessions/sessionStore";
import { PendingSignIns } from "./signIn/pendingSignIns";
import { ReconnectOffer } from "./signIn/reconnectOffer";
import { SignIn } from "./signIn/signIn";
import type { Tools } from "./tools";
import { hasKeysInTerminals } from "./tools/backgroundKeys";
import { OpenRouterAuthenticationProvider, type RegisteredProvider } from "./vscode/authenticationProvider";
import { keepConnectedContext } from "./vscode/connectedContext";
import { CreditsMenu } from "./vscode/credits/creditsMenu";
import { CreditsStatusBar } from "./vscode/credits/creditsStatusBar";
import { vscodeCreditsHost } from "./vscode/credits/vscodeCreditsHost";
import { KeyCommands } from "./vscode/keys/keyCommands";
import { showStoreNotifications } from "./vscode/keys/storeNotifications";
import { vscodeClipboardHost } from "./vscode/keys/vscodeClipboardHost";
import { announceModels, type RegisteredModels } from "./vscode/models/announceModels";
import { modelServicesHost } from "./vscode/models/modelServicesHost";
import { ProviderGroup } from "./vscode/models/providerGroup";
import { parseSettingLink } from "./vscode/settingLink";
import { onDidChangeKeySettings } from "./vscode/settings";
import { ConnectedNotification } from "./vscode/signIn/connectedNotification";
import { CreditLimitQuestion } from "./vscode/signIn/creditLimitQuestion";
import { reconnectOfferHost } from "./vscode/signIn/reconnectOfferHost";
import { SignInUi } from "./vscode/signIn/signInUi";
import { vscodeSignInHost } from "./vscode/signIn/vscodeSignInHost";
import { terminalProfile } from "./vscode/tools/terminalProfile";
import { toolServicesHost } from "./vscode/tools/toolServicesHost";
import { tickDoneSteps, ticked } from "./vscode/walkthroughSteps";

/** The entry points for what start-up registers. */
export interface Services {
  readonly provider: OpenRouterAuthenticationProvider;
  /** Called by VS Code with a link to us. */
  readonly handleUri: (uri: Uri) => Promise<void>;
  readonly models: LazyBundle<Models>;
  /** Called by VS Code for our terminal profile. */
  readonly terminalProfile: () => Promise<TerminalProfile>;
  readonly run: (id: CommandId, argument?: unknown) => Promise<void>;
}

/**
 * Builds, wires and starts everything; it lives until the window does.
 * @param registered the provider that VS Code knows, where changes of sessions are announced
 * @param registeredModels the provider of models that VS Code knows
 * @param openedAt when VS Code activated this extension in this window, in milliseconds since the epoch
 */
export function createServices(
  context: ExtensionContext,
  registered: RegisteredProvider,
  registeredModels: RegisteredModels,
  openedAt: number,
): Services {
  const log = window.createOutputChannel("Connect OpenRouter", { log: true });
  const signInHost = vscodeSignInHost(context, log, (session) => polling.findUser(session));
  const state = new SerializedMemento(context.globalState, log);
  const index = new SessionIndex(state, signInHost.environment.uiKind === "web", openedAt);
  const store = new SessionStore(context.secrets, index, signInHost.now);
  const active = new ActiveSession(store, state);
  const pending = new PendingSignIns(context.secrets, signInHost.now, () => store.assertWritable());
  // In a browser, windows share `globalState` at once, but SecretStorage only when they open.
  const ofAllProfiles = (name: string) =>
    index.needed ? undefined : new SecretMemento(context.secrets, name, log);
  const profiles = ofAllProfiles("credits");
  const access = ofAllProfiles("modelAccess");
  const shared = new SharedCredits(profiles ?? state, profiles?.load());
  const polling = new CreditsPolling(store, active, shared, vscodeCreditsHost(store, log));
  const recentSpending = () =>
    require("./recentSpending").createRecentSpending(context.globalStorageUri, log);
  const statusBar = new CreditsStatusBar(polling, recentSpending, log);
  const copiedKey = new CopiedKey(state, vscodeClipboardHost(log));
  const group = new ProviderGroup(state, context.globalStorageUri, log);
  const notification = new ConnectedNotification((session) => polling.connected(session), log);
  const offer = new ReconnectOffer(reconnectOfferHost(active));
  const limit = new CreditLimitQuestion(
    (reset) => tools.get().askForCreditLimit(reset),
    () => offer.settingsApplied(),
  );
  const signInUi = new SignInUi(new SignIn(signInHost, store, pending), limit, notification, log);
  const keys = new KeyCommands(store, signInHost, copiedKey, (session) => signInUi.connected(session));
  const models = new LazyBundle(() =>
    require("./models").createModels(
      modelServicesHost({
        context,
        log,
        state,
        access: access ?? state,
        group,
        store,
        active,
        shared,
        polling,
        connect: (again) =>
          signInUi.connect({ forChat: true, again }).then(
            () => true,
            () => false, // it has shown why
          ),
        showTurnCost: (cost) => statusBar.showTurnCost(cost),
        spendingCleared: () => statusBar.spendingCleared(),
        modelsChanged: () => registeredModels.changes.fire(),
      }),
    ),
  );
  const creditsMenu = new CreditsMenu(polling, log, () => ticked(state, "credits"));
  const tools = new LazyBundle<Tools>(() =>
    require("./tools").createTools(
      toolServicesHost({ context, signInHost, state, log, store, creditsMenu, models }),
    ),
  );
  const checkBackground = () => {
    if (hasKeysInTerminals(state) || tools.loaded) void tools.get().checkBackground();
  };
  const provider = new OpenRouterAuthenticationProvider(
    store,
    async (replaces) => {
      const session = await signInUi.connect({ replaces });
      ticked(state, "extension"); // which VS Code let the user allow before
      return session;
    },
    log,
    registered,
  );
  context.subscriptions.push(
    log,
    store,
    pending,
    polling,
    ...[profiles, access].filter((memento) => memento !== undefined),
    group.follow(store),
    announceModels(store, registeredModels),
    models,
    store.onDidChange(checkBackground),
    store.onDidChange(({ removed }) => {
      for (const { id } of removed) void models.get().forget(id);
    }),
    tools,
    copiedKey,
    offer,
    provider,
    keepConnectedContext(store, () => ticked(state, "connect")),
    tickDoneSteps(state),
    showStoreNotifications(store, index, state, log),
    statusBar,
    onDidChangeKeySettings(() => offer.settingsChanged()),
    window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      void copiedKey.check();
      void models.loaded?.refreshAccess();
      checkBackground();
    }),
  );
  polling.start();
  copiedKey.check();
  void store.list().catch(() => {}); // announces what there is; whatever needs the store reports why it fails
  const runCommand = commandRunner(signInUi, keys, creditsMenu, models, tools, log);
  const run = (id: CommandId, argument?: unknown) => {
    log.info(`Command ${id}`);
    return runCommand(id, argument);
  };
  const handleUri = async (uri: Uri) => {
    const setting = parseSettingLink(uri);
    if (setting) await commands.executeCommand(vscodeCommandIds.openSettings, setting);
    else await signInUi.handleUri(uri);
  };
  return {
    ...{ provider, handleUri, models, run },
    terminalProfile: () => terminalProfile(() => tools.get().terminalProfile(), log),
  };
}
