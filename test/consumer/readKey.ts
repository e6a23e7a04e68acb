import { authentication } from "vscode";

/** The user's API key, and the only address to send it to. VS Code asks for consent once, and signs in if necessary. */
export async function openRouter(): Promise<{ apiKey: string; baseURL: string }> {
  const { accessToken, account } = await authentication.getSession("openrouter", [], { createIfNone: true });
  return { apiKey: accessToken, baseURL: account.id.replace(/#.*/, "") };
}

/** Fires when keys are added, removed, or replaced. Request the key again then, and don't keep a copy. */
export const onDidChangeOpenRouterKey = (listener: () => void) =>
  authentication.onDidChangeSessions(({ provider }) => provider.id === "openrouter" && listener());
