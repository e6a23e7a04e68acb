import {
  type ExtensionContext,
  type LanguageModelChatInformation,
  type LanguageModelChatRequestMessage,
  LanguageModelTextPart,
  lm,
} from "vscode";

const model: LanguageModelChatInformation = {
  id: "repeater",
  name: "Repeater",
  family: "repeater",
  version: "1",
  maxInputTokens: 100_000,
  maxOutputTokens: 10_000,
  capabilities: { toolCalling: true },
};

export function activate({ subscriptions }: ExtensionContext): void {
  subscriptions.push(
    lm.registerLanguageModelChatProvider("connect-openrouter-tests", {
      provideLanguageModelChatInformation: () => [model],
      async provideLanguageModelChatResponse(_model, messages, _options, progress) {
        progress.report(new LanguageModelTextPart(`You asked: ${question(messages)}`));
      },
      provideTokenCount: async (_model, text) => JSON.stringify(text).length / 4,
    }),
  );
}

/** What the user typed. The chat puts it into the last message, among much else. */
function question(messages: readonly LanguageModelChatRequestMessage[]): string {
  const parts = messages.at(-1)?.content ?? [];
  const text = parts.map((part) => (part instanceof LanguageModelTextPart ? part.value : "")).join("");
  return /<userRequest>\s*([\s\S]*?)\s*<\/userRequest>/.exec(text)?.[1] ?? text;
}
