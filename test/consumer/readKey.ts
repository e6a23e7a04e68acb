import { authentication } from "vscode";

/** The user's OpenRouter API key. VS Code asks for consent once, and signs in if necessary. */
export async function openRouterKey(): Promise<string> {
  const session = await authentication.getSession("openrouter", [], { createIfNone: true });
  return session.accessToken;
}

/** Fires when keys are added, removed, or replaced. Request the key again then, and don't keep a copy. */
export const onDidChangeOpenRouterKey = (listener: () => void) =>
  authentication.onDidChangeSessions(({ provider }) => provider.id === "openrouter" && listener());
