import type { IncomingHttpHeaders } from "node:http";
import type { ChatApi } from "./chatApi";
import type { ChatRequestBody } from "./chatRequest";

/** A request that a model answers, and what became of it. */
export interface RecordedChat {
  readonly api: ChatApi["name"];
  /** In the words of `/chat/completions`, whatever the API was. */
  readonly body: ChatRequestBody;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the client leaves before the end of the answer. */
  readonly aborted: Promise<void>;
  /** Resolves when the whole answer was sent. */
  readonly finished: Promise<void>;
}

/** A new record, and what keeps it up to date: the answer's pieces have to pass through `follow`. */
export function recordChat(api: ChatApi["name"], body: ChatRequestBody, headers: IncomingHttpHeaders) {
  const aborted = deferred();
  const finished = deferred();
  const recorded: RecordedChat = {
    api,
    body,
    headers,
    aborted: aborted.promise,
    finished: finished.promise,
  };
  async function* follow<Piece>(pieces: AsyncIterable<Piece>, left: AbortSignal): AsyncGenerator<Piece> {
    try {
      yield* pieces;
      finished.resolve();
    } finally {
      if (left.aborted) aborted.resolve();
    }
  }
  return { recorded, follow };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
