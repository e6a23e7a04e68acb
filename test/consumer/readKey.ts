import { authentication } from "vscode";

/** The person's OpenRouter key. VS Code asks for consent once, and signs in if need be. */
export async function openRouterKey(): Promise<string> {
  const session = await authentication.getSession("openrouter", [], { createIfNone: true });
  return session.accessToken;
}

/** Tells when keys come, go or are replaced: ask again then, and don't keep a copy. */
export const onDidChangeOpenRouterKey = (listener: () => void) =>
  authentication.onDidChangeSessions(({ provider }) => provider.id === "openrouter" && listener());
