import { type Answer, problem } from "./answer";
import { type ApiParts, createCode, currentKey, exchange } from "./api";
import { authPage, type DecideOn, parseDecision } from "./authorization";
import type { RecordedRequest } from "./fakeOpenRouter";
import type { Misbehaviours } from "./misbehaviour";
import { sitePage } from "./sitePages";

export interface Route {
  /** The endpoint that faults can be set for. Pages that are only linked to have none. */
  endpoint?: Parameters<Misbehaviours["fault"]>[0];
  handle(): Answer;
}

export function route(
  { method, url, headers, body = "" }: RecordedRequest,
  parts: ApiParts,
  decideOn: DecideOn,
): Route {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const call = { authorization: headers.authorization, body };
  const only = (allowed: string, handle: () => Answer) => () =>
    method === allowed ? handle() : problem(405, "Method Not Allowed", { Allow: allowed });

  switch (path) {
    case "/auth": {
      const decision = method === "POST" ? parseDecision(body) : undefined;
      return { endpoint: "auth", handle: () => authPage(query, decision, decideOn) };
    }
    case "/api/v1/auth/keys":
      return { endpoint: "exchange", handle: only("POST", () => exchange(call, parts)) };
    case "/api/v1/auth/keys/code":
      return { endpoint: "all", handle: only("POST", () => createCode(call, parts)) };
    case "/api/v1/key":
      return { endpoint: "key", handle: only("GET", () => currentKey(call, parts)) };
  }
  if (path.startsWith("/api/")) return { handle: () => problem(404, "Not Found") };
  return { handle: () => sitePage(path, query, parts.keys) };
}
