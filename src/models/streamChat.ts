import type { ChatBody } from "../openrouter/chat";
import type { ChatEnd, ChatPart } from "./chatAnswer";
import { ChatAnswerReader } from "./chatAnswerReader";
import { ChatError } from "./chatError";
import { readChatStream } from "./readChatStream";
import { type ChatTarget, chatPath, sendChat } from "./sendChat";

/** What a request needs besides its body. */
export interface ChatOptions extends ChatTarget {
  /** Aborting rejects at once with the signal's reason, and closes the connection. */
  readonly signal: AbortSignal;
  /** Gets a line per request: host and path, how it ended, duration, ID at OpenRouter. */
  readonly log?: Record<"debug" | "warn", (text: string) => void>;
  /** Milliseconds without a byte after which there is no use in waiting, until the response and in the stream. */
  readonly stallLimit?: number;
  /** A clock in milliseconds, which runs as timers do. */
  readonly now?: () => number;
}

const defaultStallLimit = 120_000;

/** In milliseconds. Who has to wait longer should know. */
const longestRetryWait = 10_000;

/**
 * Asks a model, and reports what it says as it comes; at the end the reasoning's details and the tool calls, which are
 * whole. Resolves once all was reported.
 *
 * Throws `ChatError`, after which what was reported is still what the model said; or the signal's reason. What may have
 * been paid is never sent again.
 */
export async function streamChat(
  body: ChatBody,
  options: ChatOptions,
  report: (part: ChatPart) => void,
): Promise<ChatEnd> {
  const { signal, log } = options;
  signal.throwIfAborted();
  const connection = new AbortController();
  const cancel = () => connection.abort(signal.reason);
  signal.addEventListener("abort", cancel);
  const aborted = new Promise<never>((_, reject) => {
    connection.signal.addEventListener("abort", () => reject(connection.signal.reason));
  });
  const answer = new ChatAnswerReader(body.model, (part) => {
    connection.signal.throwIfAborted();
    report(part);
  });
  const began = performance.now();
  let [outcome, level]: [string, "debug" | "warn"] = ["canceled", "debug"];
  try {
    const end = await Promise.race([aborted, ask(body, options, answer, connection)]);
    outcome = end.finishReason;
    return { ...end };
  } catch (error) {
    connection.abort(error); // closes it
    if (!signal.aborted) [outcome, level] = [error instanceof ChatError ? error.failure : "failed", "warn"];
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
    const time = Math.round(performance.now() - began);
    const id = answer.generationId ? `, ${answer.generationId}` : "";
    log?.[level](`${new URL(options.baseUrl).host} ${chatPath}: ${outcome}, ${time} ms${id}`);
  }
}

async function ask(
  body: ChatBody,
  { stallLimit = defaultStallLimit, now = () => performance.now(), log, ...target }: ChatOptions,
  answer: ChatAnswerReader,
  connection: AbortController,
): Promise<ChatEnd> {
  const send = () => sendChat(body, target, connection, stallLimit);
  const response = await send().catch(async (error: unknown) => {
    const wait = retryWait(error);
    if (wait === undefined) throw error;
    log?.debug(`OpenRouter is busy; trying again in ${wait} ms`);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      connection.signal.addEventListener("abort", () => clearTimeout(timer));
    });
    return send();
  });
  answer.generationId = response.headers.get("X-Generation-Id");
  return readChatStream(response, answer, connection, { stallLimit, now });
}

/** How long to wait before the second and last attempt. Undefined where there is none: the first may have been paid. */
function retryWait(error: unknown): number | undefined {
  if (!(error instanceof ChatError)) return undefined;
  const { status, retryAfter = Number.POSITIVE_INFINITY } = error.details;
  return (status === 429 || status === 503) && retryAfter <= longestRetryWait ? retryAfter : undefined;
}
