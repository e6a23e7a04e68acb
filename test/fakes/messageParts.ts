// Parts and messages with the properties that VS Code's own classes have at run time.
import type { LanguageModelChatRequestMessage } from "vscode";

export const text = (value: string) => ({ value });
/** Its `id` and `metadata` are there even where they are undefined. */
export const thinking = (value: string | string[], metadata?: unknown, id?: string) => ({
  value,
  id,
  metadata,
});
export const toolCall = (callId: string, name = "read", input: unknown = { path: "a.ts" }) => ({
  callId,
  name,
  input,
});
export const toolResult = (callId: string, content: unknown = [text("done")], isError = false) => ({
  callId,
  content,
  isError,
});
export const data = (mimeType: string, bytes: Uint8Array | string) => ({
  mimeType,
  data: typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
  audience: undefined,
});
/** What `@vscode/prompt-tsx` makes of an element, with texts on lines of their own. */
export const promptTsx = (...lines: string[]) => ({
  value: {
    node: {
      type: 1,
      ctor: 2,
      children: [
        { type: 1, ctor: 3, children: [] },
        ...lines.map((line, index) => ({
          type: 1,
          ctor: 1,
          children: [{ type: 2, text: line, lineBreakBefore: index > 0 }],
        })),
      ],
    },
  },
});

/** Even `content` may be anything, since nothing checks it on its way to a provider. */
const message = (role: number, content: unknown, name?: unknown) =>
  ({ role, content, name }) as unknown as LanguageModelChatRequestMessage;
export const user = (...content: unknown[]) => message(1, content);
export const assistant = (...content: unknown[]) => message(2, content);
export const system = (...content: unknown[]) => message(3, content);
export { message as anyMessage };
