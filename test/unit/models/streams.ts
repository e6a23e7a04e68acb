import assert from "node:assert/strict";
import type { ChatEnd, ChatPart } from "../../../src/models/chatAnswer";
import { ChatError, type ChatFailure } from "../../../src/models/chatError";
import { type ChatOptions, streamChat } from "../../../src/models/streamChat";
import type { ChatBody, ChatUsage } from "../../../src/openrouter/chat";

export const body: ChatBody = {
  model: "acme/talker",
  messages: [{ role: "user", content: "Hi" }],
  stream: true,
};

/** The JSON of a chunk. */
export const chunk = (delta: object | null, finishReason: string | null = null, more: object = {}) =>
  JSON.stringify({
    id: "gen-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: body.model,
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...more,
  });

export const text = (content: string) => chunk({ role: "assistant", content });
export const toolCalls = (...calls: object[]) => chunk({ content: null, tool_calls: calls });
/** A piece of a tool call. */
export const piece = (index: number, json: string, more: object = {}, name?: string) => ({
  index,
  type: "function",
  function: { ...(name !== undefined && { name }), arguments: json },
  ...more,
});
export const finish = (reason: string) => chunk({ role: "assistant", content: "" }, reason);
export const usage = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };
export const usageChunk = (more: object = {}) =>
  chunk(null, null, { choices: [], usage: { ...usage, ...more } });

/** Events, each of which is its data. */
export const events = (...data: string[]) => data.map((line) => `data: ${line}\n\n`).join("");

/** A whole stream. */
export const stream = (...data: string[]) => events(...data, "[DONE]");

const encoder = new TextEncoder();

/** A body that a test writes, piece by piece. */
export class Body {
  /** What the reader gave as the reason to cancel it. */
  isCanceled = false;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      this.#controller = controller;
    },
    cancel: () => {
      this.isCanceled = true;
    },
  });

  write(piece: string | Uint8Array): void {
    this.#controller?.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
  }

  end(): void {
    this.#controller?.close();
  }

  break(error: unknown = new TypeError("terminated")): void {
    this.#controller?.error(error);
  }

  /** Resolves once what was written has been read. */
  readonly read = () => new Promise((resolve) => setImmediate(resolve));
}

/** A body of these pieces. */
export function bodyOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const written = new Body();
  for (const piece of pieces) written.write(piece);
  written.end();
  return written.stream;
}

export const streamResponse = (body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}) =>
  new Response(body, { headers: { "Content-Type": "text/event-stream", ...headers } });

export interface Asked {
  /** All but what only the cost needs. */
  readonly parts: ChatPart[];
  readonly usage: ChatUsage[];
  readonly pieces: string[];
  readonly models: string[];
  readonly requests: { url: string; init: RequestInit }[];
  readonly logged: string[];
  readonly answer: Promise<ChatEnd>;
}

type Answers = ReadableStream<Uint8Array> | Response | Error | (() => Promise<Response>);

/** Asks, and is answered by these responses, one after the other. */
export function ask(
  answers: Answers | Answers[],
  { body: sent = body, ...options }: Partial<ChatOptions> & { body?: ChatBody } = {},
): Asked {
  const parts: ChatPart[] = [];
  const usage: ChatUsage[] = [];
  const pieces: string[] = [];
  const models: string[] = [];
  const requests: Asked["requests"] = [];
  const logged: string[] = [];
  const list = [answers].flat();
  const respond: typeof fetch = async (url, init = {}) => {
    const next = list[requests.push({ url: String(url), init }) - 1];
    if (next instanceof Error) throw next;
    if (next instanceof ReadableStream) return streamResponse(next);
    assert.ok(next, "one more request than expected");
    return typeof next === "function" ? next() : next;
  };
  const write = (line: string) => void logged.push(line);
  const answer = streamChat(
    sent,
    {
      fetch: respond,
      baseUrl: "https://openrouter.ai",
      key: "sk-or-v1-secret",
      signal: new AbortController().signal,
      log: { debug: write, warn: write },
      ...options,
    },
    (part) => {
      if (part.kind === "usage") usage.push(part.usage);
      else if (part.kind === "piece") pieces.push(part.text);
      else if (part.kind === "model") models.push(part.model);
      else parts.push(part);
    },
  );
  answer.catch(() => {}); // awaited later, if at all
  return { parts, usage, pieces, models, requests, logged, answer };
}

/** Asserts this failure, with these details, and that the error quotes nothing that came from outside. */
export const fails =
  (failure: ChatFailure, details?: Partial<ChatError["details"]>) =>
  (error: unknown): true => {
    assert.ok(error instanceof ChatError, String(error));
    assert.equal(error.failure, failure);
    if (details) assert.deepEqual({ ...error.details, cause: undefined }, { ...details, cause: undefined });
    assert.doesNotMatch(error.message, /secret|quoted|<|\{/);
    return true;
  };

/** What the user reads. */
export const said = (parts: readonly ChatPart[], kind: "text" | "reasoning" = "text") =>
  parts.map((part) => (part.kind === kind ? part.text : "")).join("");
