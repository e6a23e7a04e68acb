import type { Answer } from "./answer";
import type { ChatApi } from "./chatApi";
import { messageEvents } from "./messageEvents";
import { messageResult } from "./messageResult";
import { parseMessagesRequest } from "./messagesRequest";

/** `POST /api/v1/messages`: Anthropic's Messages API, which takes the key in either header. */
export const messagesApi: ChatApi = {
  name: "messages",
  authorization: ({ authorization, "x-api-key": key }) => authorization ?? (key && `Bearer ${key}`),
  parse: parseMessagesRequest,
  events: messageEvents,
  result: messageResult,
  problem,
};

/** `{"type": "error", "error": {"type": "authentication_error", "message": "…"}}`. */
function problem({ status, headers, body }: Answer): Answer {
  const error = typeof body === "object" && body.error;
  if (!error || typeof error !== "object" || !("message" in error)) return { status, headers, body };
  const type = errorTypes[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
  return { status, headers, body: { type: "error", error: { type, message: error.message } } };
}

/** Anthropic's docs, "Errors". */
export const errorTypes: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};
