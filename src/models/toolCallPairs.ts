import type { ChatMessage } from "../openrouter/chat";

/** What a model reads where the history has a call, but not how it went. */
const noResult = "(no result)";

interface Call {
  readonly id: string;
  result?: ChatMessage;
}

/**
 * Puts each tool's result right behind the message that called it, in the order of the calls: providers refuse
 * anything else. A history that was cut has calls without results, which get one that says so, and results without
 * calls, which are left out. Where an ID was used again, a result belongs to the call before it that has none yet.
 */
export function pairToolCalls(messages: readonly ChatMessage[], note: (what: string) => void): ChatMessage[] {
  const turns: { readonly message: ChatMessage; readonly calls: readonly Call[] }[] = [];
  for (const message of messages) {
    if (message.role !== "tool") {
      turns.push({ message, calls: (message.tool_calls ?? []).map(({ id }) => ({ id })) });
      continue;
    }
    const isIts = (call: Call) => call.id === message.tool_call_id && !call.result;
    const call = turns.findLast(({ calls }) => calls.some(isIts))?.calls.find(isIts);
    if (call) call.result = message;
    else note("left out a tool's result without its call");
  }
  return turns.flatMap(({ message, calls }) => [message, ...calls.map((call) => resultOf(call, note))]);
}

function resultOf({ id, result }: Call, note: (what: string) => void): ChatMessage {
  if (result) return result;
  note("added a result to a tool call without one");
  return { role: "tool", tool_call_id: id, content: noResult };
}
