import { createParser } from "eventsource-parser";
import type { ChatEnd } from "./chatAnswer";
import type { ChatAnswerReader } from "./chatAnswerReader";
import { ChatError } from "./chatError";
import { Silence } from "./silence";

/** In UTF-16 units. Encrypted reasoning comes in one line, but is far shorter. */
const longestEvent = 4_000_000;

/** In milliseconds: how long the usage may follow the answer. */
const usageLimit = 10_000;

/** In milliseconds: how long the connection may take to end by itself, so that it can be used again. */
const endLimit = 1000;

/** Of a server-sent event. */
const fields = ["data", "event", "id", "retry"];

interface StreamOptions {
  /** Milliseconds until a stream without a byte has stalled. */
  readonly stallLimit: number;
  readonly now: () => number;
}

/**
 * Lets `answer` read a stream of server-sent events, each as soon as its bytes are there.
 *
 * Comments count as life: OpenRouter sends them while a provider has nothing to say yet, such as a model that reasons
 * in secret. Not without an end, though: after 15 times the limit without an event, the stream has stalled as well.
 *
 * Throws `ChatError`, or the connection's reason.
 */
export async function readChatStream(
  { body }: Response,
  answer: ChatAnswerReader,
  { signal }: AbortController,
  { stallLimit, now }: StreamOptions,
): Promise<ChatEnd> {
  if (!body) throw new ChatError("badStream", "There is no stream");
  const reader = body.getReader();
  signal.addEventListener("abort", () => close(reader));

  let hasBegun = false;
  let silenceFailure: ChatError | undefined;
  const silence = new Silence({ bytes: stallLimit, events: 15 * stallLimit }, now, () => {
    const failure = hasBegun ? "stalled" : "timeout";
    silenceFailure = new ChatError(failure, "Nothing came for too long");
    close(reader);
  });

  let events = 0;
  let isDone = false;
  let hasUnknownLines = false;
  const decoder = new TextDecoder(); // which drops a byte order mark
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent({ data }) {
      events++;
      if (data.startsWith("[DONE]")) isDone = true;
      else if (!isDone && data !== "") answer.read(data);
    },
    onError({ type, field = "" }) {
      if (type === "max-buffer-size-exceeded") throw new ChatError("badStream", "A line is too long");
      // To be ignored in a stream (HTML standard, section 9.2.6), if it is one. The last line may be cut.
      if (!fields.some((name) => name.startsWith(field))) hasUnknownLines = true;
    },
  });
  try {
    for (let isFinished = false; !isDone; ) {
      const { done, value } = await next(reader, answer, signal);
      signal.throwIfAborted();
      if (done) {
        parser.feed("\n"); // the last line may have ended with a CR
        break;
      }
      hasBegun = true;
      const before = events;
      parser.feed(decoder.decode(value, { stream: true }));
      silence.break(events > before);
      if (answer.finished && !isFinished) {
        isFinished = true;
        silence.restart({ bytes: usageLimit, events: usageLimit });
      }
    }
  } finally {
    silence.stop();
  }
  if (silenceFailure && !answer.finished) throw silenceFailure;
  if (events === 0 && hasUnknownLines) throw new ChatError("badStream", "What came is no stream of events");
  if (isDone) void drain(reader);
  return answer.end(isDone);
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** What comes next. A connection that breaks after the answer is its end. */
async function next(reader: Reader, answer: ChatAnswerReader, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    signal.throwIfAborted();
    if (answer.finished) return { done: true, value: undefined } as const;
    throw new ChatError("interrupted", "The connection broke", { cause: error });
  }
}

/**
 * Lets the connection end by itself, so that the platform keeps it for the next request. Closes it where it doesn't:
 * what follows isn't read for long.
 */
async function drain(reader: Reader): Promise<void> {
  const timer = setTimeout(() => close(reader), endLimit);
  try {
    while (!(await reader.read()).done);
  } catch {
    // The answer is complete, so nobody has to know that the connection broke.
  } finally {
    clearTimeout(timer);
  }
}

/** Closes the connection; a reader that waits gets the end. Rejects where it's closed already, as after an abort. */
const close = (reader: Reader) => void reader.cancel().catch(() => {});
