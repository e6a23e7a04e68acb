import type { ChatApi } from "./chatApi";
import { responseEvents } from "./responseEvents";
import { responseResult } from "./responseResult";
import { parseResponsesRequest } from "./responsesRequest";

/** `POST /api/v1/responses`: OpenAI's Responses API, with OpenRouter's errors. */
export const responsesApi: ChatApi = {
  name: "responses",
  authorization: ({ authorization }) => authorization,
  parse: parseResponsesRequest,
  events: responseEvents,
  result: responseResult,
  problem: (answer) => answer,
};
