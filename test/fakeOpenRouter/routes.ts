import { type Answer, problem, type StreamedAnswer } from "./answer";
import { createCode, currentKey, exchange } from "./api";
import { authPage, type DecideOn } from "./authorization";
import type { ChatApi } from "./chatApi";
import { chatCompletionsApi } from "./chatCompletionsApi";
import { answerChat, type ChatParts } from "./chatEndpoint";
import type { RecordedRequest } from "./fakeOpenRouter";
import { messagesApi } from "./messagesApi";
import type { ChatFault, Misbehaviours } from "./misbehaviour";
import { listModels, listUserModels } from "./modelsEndpoint";
import { responsesApi } from "./responsesApi";
import { sitePage } from "./sitePages";

export interface Route {
  /** The endpoint that faults can be set for. Pages that are only linked to have none. */
  endpoint?: Parameters<Misbehaviours["fault"]>[0];
  handle(fault: ChatFault | undefined): Answer | Promise<Answer | StreamedAnswer>;
  /** The form of its errors. Default: unchanged. */
  problem?(answer: Answer): Answer;
}

const chatApis: ReadonlyMap<string, ChatApi> = new Map([
  ["/api/v1/chat/completions", chatCompletionsApi],
  ["/api/v1/responses", responsesApi],
  ["/api/v1/messages", messagesApi],
]);

export function route(
  { method, url, headers, body = "" }: RecordedRequest,
  parts: ChatParts,
  decideOn: DecideOn,
): Route {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const call = { authorization: headers.authorization, body };
  const only =
    (allowed: string, handle: Route["handle"]): Route["handle"] =>
    (fault) =>
      method === allowed ? handle(fault) : problem(405, "Method Not Allowed", { Allow: allowed });

  switch (path) {
    case "/auth": {
      const form = method === "POST" ? body : undefined;
      return { endpoint: "auth", handle: () => authPage(query, form, decideOn) };
    }
    case "/api/v1/auth/keys":
      return { endpoint: "exchange", handle: only("POST", () => exchange(call, parts)) };
    case "/api/v1/auth/keys/code":
      return { endpoint: "all", handle: only("POST", () => createCode(call, parts)) };
    case "/api/v1/key":
      return { endpoint: "key", handle: only("GET", () => currentKey(call, parts)) };
    case "/api/v1/models":
      return { endpoint: "models", handle: only("GET", () => listModels(parts.models, query)) };
    case "/api/v1/models/user":
      return {
        endpoint: "models",
        handle: only("GET", () => listUserModels(call, parts, parts.models, query)),
      };
  }
  const api = chatApis.get(path);
  if (api) {
    return {
      endpoint: "chat",
      handle: only("POST", (fault) => answerChat(api, { headers, body }, parts, fault?.stream)),
      problem: api.problem,
    };
  }
  if (path.startsWith("/api/")) return { handle: () => problem(404, "Not Found") };
  return { handle: () => sitePage(path, query, parts.keys) };
}
