import type { ServerResponse } from "node:http";

/** Those that apps send: the key, and who they are. */
const allowedHeaders =
  "content-type, authorization, http-referer, x-openrouter-title, x-title, x-openrouter-categories";

/**
 * Lets pages of other origins call the API, as OpenRouter's own demo does. Returns whether the request only asked for
 * that, and is answered.
 */
export function allowOtherOrigins(method: string, path: string, response: ServerResponse): boolean {
  if (!path.startsWith("/api/")) return false;
  response.setHeader("Access-Control-Allow-Origin", "*");
  if (method !== "OPTIONS") return false;
  response.setHeader("Access-Control-Allow-Methods", "GET, POST");
  response.setHeader("Access-Control-Allow-Headers", allowedHeaders);
  response.writeHead(204).end();
  return true;
}
