// How another extension reads the key: it asks VS Code for a session of "openrouter" and uses its accessToken.
// The user is asked once whether this extension may, and can take that back in the Accounts menu.
import {
  type AuthenticationGetSessionOptions,
  authentication,
  commands,
  type ExtensionContext,
  StatusBarAlignment,
  window,
} from "vscode";

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
      const result = session ? `${await fingerprint(session.accessToken)} events=${events}` : "none";
      item.text = `Consumer: ${result}`;
    } catch (error) {
      // The user said no, for one.
      item.text = `Consumer: error ${error instanceof Error ? error.message : error}`;
    }
  };

  subscriptions.push(
    item,
    commands.registerCommand("consumer.askSilently", () => ask({ silent: true })),
    commands.registerCommand("consumer.ask", () => ask({ createIfNone: true })),
    commands.registerCommand("consumer.askForNewSession", () => ask({ forceNewSession: true })),
    // The user connected or disconnected. Don't keep a key: ask again, silently, since nobody clicked here.
    authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id !== providerId) return;
      events++;
      void ask({ silent: true });
    }),
  );
}

/** Tells keys apart without showing one. */
async function fingerprint(key: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 12);
}
