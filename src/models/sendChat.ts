import type { ChatBody } from "../openrouter/chat";
import { networkFailure } from "../openrouter/networkFailure";
import { isRedirect, onlyThisUrl } from "../openrouter/onlyThisUrl";
import { readText } from "../openrouter/readText";
import { ChatError } from "./chatError";
import { noStreamProblem, responseProblem } from "./chatProblem";

export const chatPath = "/api/v1/chat/completions";

/** Where a request goes, and by whom. */
export interface ChatTarget {
  readonly fetch: typeof fetch;
  /** As `parseBaseUrl` returns it. */
  readonly baseUrl: string;
  readonly key: string;
}

/** Attribution (OpenRouter's guide "App Attribution"): the referer is the app's identity there. */
const attribution = {
  "HTTP-Referer": "https://marketplace.visualstudio.com/items?itemName=connect-openrouter.connect-openrouter",
  "X-OpenRouter-Title": "Connect OpenRouter",
  "X-OpenRouter-Categories": "ide-extension",
};

/** Longer bodies of errors aren't OpenRouter's. */
const maximumErrorBytes = 1_000_000;

/** Bytes a second of the slowest upload that is waited for: 128 kbit/s. */
const slowestUpload = 16_000;

/**
 * Sends `POST {baseUrl}/api/v1/chat/completions` once. Resolves to a response that is a stream, as far as its headers
 * say. Throws `ChatError`, or the connection's reason.
 * @param timeLimit milliseconds until there is a response, besides the time for sending
 */
export async function sendChat(
  body: ChatBody,
  { fetch, baseUrl, key }: ChatTarget,
  connection: AbortController,
  timeLimit: number,
): Promise<Response> {
  const json = JSON.stringify(body);
  const late = () => connection.abort(new ChatError("timeout", "There was no response in time"));
  const timer = setTimeout(late, timeLimit + Math.ceil((json.length / slowestUpload) * 1000));
  const { signal } = connection;
  signal.addEventListener("abort", () => clearTimeout(timer));
  try {
    const response = await fetch(`${baseUrl}${chatPath}`, {
      ...onlyThisUrl,
      method: "POST",
      headers: {
        ...attribution,
        Authorization: `Bearer ${key}`,
        "Content-Type": "application/json",
        Accept: "text/event-stream",
      },
      body: json,
      signal,
    });
    if (signal.aborted) await response.body?.cancel(); // which came all the same
    signal.throwIfAborted();
    if (isRedirect(response)) throw new ChatError("redirected", "The request was redirected");
    const hasStream = !/json|html|xml/i.test(response.headers.get("Content-Type") ?? "");
    if (response.ok && hasStream) return response;
    const text = await readText(response, maximumErrorBytes);
    throw response.ok ? noStreamProblem(text, body.model) : responseProblem(response, text, body.model);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ChatError) throw error;
    const { hostname } = new URL(baseUrl);
    throw new ChatError(networkFailure(error, hostname), "The request failed", { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
