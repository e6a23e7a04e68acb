import type { EventEmitter, LanguageModelChatProvider } from "vscode";
import type { LazyServices } from "./lazyServices";
import type { RegisteredModels } from "./vscode/models/announceModels";

/**
 * The registered provider of models, which VS Code's chat asks for them when it starts. Answers that there are none
 * without loading anything until the user connects, and leaves everything else to the models' bundle.
 */
export function lazyChatModelProvider(
  services: LazyServices,
  changes: EventEmitter<void>,
): LanguageModelChatProvider & RegisteredModels {
  let loaded: LanguageModelChatProvider | undefined;
  const load = async () => {
    loaded ??= (await services.get()).models.get().provider;
    return loaded;
  };
  const provider: LanguageModelChatProvider & RegisteredModels = {
    changes,
    reportedNone: false,
    onDidChangeLanguageModelChatInformation: changes.event,
    async provideLanguageModelChatInformation(...request) {
      provider.reportedNone = request[0].silent && !(await services.mayHaveKeys());
      return provider.reportedNone ? [] : (await load()).provideLanguageModelChatInformation(...request);
    },
    provideLanguageModelChatResponse: async (...request) =>
      (await load()).provideLanguageModelChatResponse(...request),
    // The chat calls this up to 5,000 times for one request, so it doesn't wait for what is loaded.
    provideTokenCount: async (...request) => (loaded ?? (await load())).provideTokenCount(...request),
  };
  return provider;
}
