// Signs in to OpenRouter by itself, as Cline does (its SharedUriHandler and handleOpenRouterCallback): a code that comes
// while its view isn't visible is dropped, others are exchanged without a verifier, and the key is its own.
import { type ExtensionContext, StatusBarAlignment, type WebviewView, window, workspace } from "vscode";

export function activate({ secrets, subscriptions }: ExtensionContext): void {
  const item = window.createStatusBarItem("result", StatusBarAlignment.Left);
  item.name = "Cline";
  let view: WebviewView | undefined;

  const show = (text: string) => {
    item.text = `Cline: ${text}`;
    if (view) view.webview.html = `<h2>Cline</h2><p>API provider: OpenRouter, ${text}</p>`;
  };
  const showKey = async () => {
    const key = await secrets.get("openRouterApiKey");
    show(key === undefined ? "no key" : `key ${await fingerprint(key)}`);
  };
  void showKey();
  item.show();

  subscriptions.push(
    item,
    window.registerWebviewViewProvider("claude-dev.SidebarProvider", {
      resolveWebviewView(resolved) {
        view = resolved;
        void showKey();
      },
    }),
    window.registerUriHandler({
      async handleUri({ path, query }) {
        if (!view?.visible) return show("dropped a callback");
        const code = new URLSearchParams(query.replace(/\+/g, "%2B")).get("code");
        if (path !== "/openrouter" || !code) return show("got no code");
        const response = await fetch(`${baseUrl()}/api/v1/auth/keys`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ code }),
        });
        if (!response.ok) return show(`error ${response.status}`);
        await secrets.store("openRouterApiKey", (await response.json()).key);
        await showKey();
      },
    }),
  );
}

/** The fake OpenRouter, in place of https://openrouter.ai. */
const baseUrl = () => workspace.getConfiguration("connectOpenRouter").get<string>("baseUrl");

/** Identifies a key without revealing it. */
async function fingerprint(key: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 12);
}
