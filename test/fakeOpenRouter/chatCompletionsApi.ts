import type { ChatApi } from "./chatApi";
import { parseChatRequest } from "./chatChecks";
import { chatResult } from "./chatResult";

/** `POST /api/v1/chat/completions`. */
export const chatCompletionsApi: ChatApi = {
  name: "chat",
  authorization: ({ authorization }) => authorization,
  parse: parseChatRequest,
  events: (events) => events,
  result: chatResult,
  problem: (answer) => answer,
};
