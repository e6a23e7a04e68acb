// How another extension uses the models: it never sees the key. The user is asked once whether it may.
import {
  CancellationTokenSource,
  type LanguageModelChat,
  LanguageModelChatMessage,
  LanguageModelChatToolMode,
  LanguageModelError,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
  lm,
} from "vscode";

const cancel = () => new CancellationTokenSource();

async function model(): Promise<LanguageModelChat> {
  const [first] = await lm.selectChatModels({ vendor: "connect-openrouter", family: "claude-sonnet-4.5" });
  if (!first) throw new Error("no models");
  return first;
}

/** One question, answered as text. What came before an error is with it. */
export async function ask(): Promise<string> {
  const response = await (await model()).sendRequest([LanguageModelChatMessage.User("ping")]);
  let text = "";
  try {
    for await (const part of response.text) text += part;
  } catch (error) {
    throw text ? new Error(`${text} (${describe(error)})`) : error;
  }
  return text;
}

/**
 * As Cline's "VS Code LM API" does: the first model of all, the system prompt as a message of the assistant, the tools
 * in it as text, no options, and the answer part by part.
 */
export async function askAsCline(): Promise<string> {
  const models = await lm.selectChatModels({});
  const chosen = models.find(({ vendor }) => vendor === "connect-openrouter");
  if (!chosen) throw new Error(`none of ${models.length} models`);
  const messages = [
    LanguageModelChatMessage.Assistant("You are Cline. Tools: <read_file><path>…</path></read_file>"),
    LanguageModelChatMessage.User("<task>ping</task>"),
  ];
  const tokens = await Promise.all(messages.map((message) => chosen.countTokens(message)));
  if (tokens.some((count) => count <= 0)) throw new Error(`counted ${tokens}`);
  const response = await chosen.sendRequest(messages, { justification: "Cline asks" }, cancel().token);
  let text = "";
  for await (const part of response.stream) if (part instanceof LanguageModelTextPart) text += part.value;
  return text;
}

/** Has the model call a tool, and tells it the result. */
export async function askWithTool(): Promise<string> {
  const chosen = await model();
  const tools = [
    {
      name: "add",
      description: "Adds two numbers",
      inputSchema: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } } },
    },
  ];
  const question = LanguageModelChatMessage.User("What is 2 + 3?");
  const first = await chosen.sendRequest([question], { tools, toolMode: LanguageModelChatToolMode.Required });
  const calls: LanguageModelToolCallPart[] = [];
  for await (const part of first.stream) if (part instanceof LanguageModelToolCallPart) calls.push(part);
  const results = calls.map(({ callId, input }) => {
    const { a, b } = input as { a: number; b: number };
    return new LanguageModelToolResultPart(callId, [new LanguageModelTextPart(String(a + b))]);
  });
  const history = [
    question,
    LanguageModelChatMessage.Assistant(calls),
    LanguageModelChatMessage.User(results),
  ];
  const second = await chosen.sendRequest(history, { tools });
  let text = "";
  for await (const part of second.text) text += part;
  return text;
}

/** Stops in the middle of an answer. */
export async function askAndCancel(): Promise<string> {
  const source = cancel();
  const response = await (await model()).sendRequest(
    [LanguageModelChatMessage.User("ping")],
    {},
    source.token,
  );
  let text = "";
  try {
    for await (const part of response.text) {
      text += part;
      source.cancel();
    }
    return `${text} (ended)`;
  } catch (error) {
    return `${text} (${error instanceof Error ? error.name : error})`;
  }
}

/** An error as an extension can tell it apart. */
export const describe = (error: unknown) =>
  error instanceof LanguageModelError ? `${error.code}: ${error.message}` : String(error);
