// How another extension reads the key: it requests a session of "openrouter" from VS Code and uses its accessToken.
// VS Code asks the user once for consent, which can be revoked in the Accounts menu.
import {
  type AuthenticationGetSessionOptions,
  type AuthenticationSessionAccountInformation,
  authentication,
  commands,
  type ExtensionContext,
  StatusBarAlignment,
  window,
} from "vscode";
import { openRouter } from "./readKey";
import * as models from "./useModels";

const providerId = "openrouter";

export function activate({ subscriptions }: ExtensionContext): void {
  const item = window.createStatusBarItem("result", StatusBarAlignment.Left);
  item.name = "Consumer";
  item.text = "Consumer: none";
  item.show();

  let events = 0;
  const ask = async (options: AuthenticationGetSessionOptions): Promise<void> => {
    try {
      const session = await authentication.getSession(providerId, [], options);
      item.text = session
        ? `Consumer: ${await fingerprint(session.accessToken)} of ${session.account.label} events=${events}`
        : "Consumer: none";
    } catch (error) {
      // For example, the user denied consent.
      item.text = `Consumer: error ${error instanceof Error ? error.message : error}`;
    }
  };

  const answer = async (request: () => Promise<string>): Promise<void> => {
    item.text = "Consumer: asking";
    item.text = `Consumer: ${await request().catch(models.describe)}`;
  };

  subscriptions.push(
    item,
    commands.registerCommand("consumer.askModel", () => answer(models.ask)),
    commands.registerCommand("consumer.askModelAsCline", () => answer(models.askAsCline)),
    commands.registerCommand("consumer.askModelWithTool", () => answer(models.askWithTool)),
    commands.registerCommand("consumer.askModelAndCancel", () => answer(models.askAndCancel)),
    commands.registerCommand("consumer.askSilently", () => ask({ silent: true })),
    commands.registerCommand("consumer.ask", () => ask({ createIfNone: true })),
    commands.registerCommand("consumer.askAsInReadme", async () => {
      const { apiKey, baseURL } = await openRouter();
      void window.showInformationMessage(`Key ${await fingerprint(apiKey)} for ${baseURL}`);
    }),
    commands.registerCommand("consumer.askForNewSession", () => ask({ forceNewSession: true })),
    commands.registerCommand("consumer.askForAccount", () =>
      withAccount((account) => ask({ account, createIfNone: true })),
    ),
    commands.registerCommand("consumer.askForNewSessionOfAccount", () =>
      withAccount((account) => ask({ account, forceNewSession: true })),
    ),
    commands.registerCommand("consumer.askAgain", () =>
      ask({ clearSessionPreference: true, createIfNone: true }),
    ),
    // The user connected or disconnected. Don't keep a copy of the key: get it again, silently, without a click.
    authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id !== providerId) return;
      events++;
      void ask({ silent: true });
    }),
  );
}

/** Lets the user choose one of the accounts, which VS Code lists without their keys. */
async function withAccount(use: (account: AuthenticationSessionAccountInformation) => Promise<void>) {
  const accounts = await authentication.getAccounts(providerId);
  const chosen = await window.showQuickPick(accounts.map((account) => ({ label: account.label, account })));
  if (chosen) await use(chosen.account);
}

/** Identifies a key without revealing it. */
async function fingerprint(key: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 12);
}
