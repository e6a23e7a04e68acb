import { authentication, commands, EventEmitter, type ExtensionContext, lm, window } from "vscode";
import { commandIds } from "../../../src/commandIds";

/** Registers as much as our extension does, without implementing anything. */
export function activate({ secrets, subscriptions }: ExtensionContext): void {
  const provider = {
    onDidChangeSessions: new EventEmitter<never>().event,
    getSessions: async () => [],
    createSession: () => Promise.reject(),
    removeSession: async () => {},
  };
  subscriptions.push(
    authentication.registerAuthenticationProvider("hollow", "Hollow", provider),
    lm.registerLanguageModelChatProvider("hollow", {
      provideLanguageModelChatInformation: () => [],
      provideLanguageModelChatResponse: () => Promise.reject(),
      provideTokenCount: async () => 0,
    }),
    window.registerUriHandler({ handleUri() {} }),
    ...Object.values(commandIds).map((id) => commands.registerCommand(`hollow.${id}`, () => {})),
    window.onDidChangeWindowState(() => {}),
    secrets.onDidChange(() => {}),
  );
}
