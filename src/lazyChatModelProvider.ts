import type { Event, LanguageModelChatProvider } from "vscode";
import type { LazyServices } from "./lazyServices";

/**
 * The registered provider of models, which VS Code's chat asks for them when it starts. Answers that there are none
 * without loading anything until the user connects, and leaves everything else to the models' bundle.
 * @param changes fired by the models
 */
export function lazyChatModelProvider(
  services: LazyServices,
  changes: Event<void>,
): LanguageModelChatProvider {
  let loaded: LanguageModelChatProvider | undefined;
  const load = async () => {
    loaded ??= (await services.get()).models.get().provider;
    return loaded;
  };
  return {
    onDidChangeLanguageModelChatInformation: changes,
    provideLanguageModelChatInformation: async (...request) =>
      request[0].silent && !(await services.mayHaveKeys())
        ? []
        : (await load()).provideLanguageModelChatInformation(...request),
    provideLanguageModelChatResponse: async (...request) =>
      (await load()).provideLanguageModelChatResponse(...request),
    // The chat calls this up to 5,000 times for one request, so it doesn't wait for what is loaded.
    provideTokenCount: async (...request) => (loaded ?? (await load())).provideTokenCount(...request),
  };
}
