import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { listen } from "../fakeOpenRouter/listen";
import type { Task } from "./tasks";

export type Probe = Awaited<ReturnType<typeof startProbeServer>>;

/** Gives the probe in the extension host its tasks, one at a time, and takes its results. */
export async function startProbeServer() {
  let waiting: ServerResponse | undefined;
  let next: Task | undefined;
  let settle = { resolve: (_result: unknown) => {}, reject: (_error: Error) => {} };

  /** Only the latest request counts: an earlier one may come from a closed window, which does nothing any more. */
  const sendTask = () => {
    if (!next || !waiting) return;
    waiting.setHeader("Content-Type", "application/json").end(JSON.stringify(next));
    next = waiting = undefined;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === "/task") {
      waiting = response;
      response.once("close", () => {
        if (waiting === response) waiting = undefined;
      });
      return sendTask();
    }
    const result = JSON.parse(await text(request));
    response.end();
    if (result?.error) settle.reject(new Error(`In the extension host: ${result.error}`));
    else settle.resolve(result);
  };
  const server = createServer((request, response) => void handle(request, response));
  const url = await listen(server, "127.0.0.1", 0);

  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
    /** Rejects if the task fails in the probe. */
    perform<Result>(task: Task): Promise<Result> {
      return new Promise<Result>((resolve, reject) => {
        settle = { resolve: resolve as (result: unknown) => void, reject };
        next = task;
        sendTask();
      });
    },
  };
}
