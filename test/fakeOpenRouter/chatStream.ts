import type { StreamEvent } from "./chatEvents";
import type { StreamFault } from "./streamFaults";

/** Writes events as a stream of server-sent events, in the form that the fault wants. */
export async function* writeStream(
  events: AsyncIterable<StreamEvent>,
  fault: StreamFault,
  left: AbortSignal,
): AsyncGenerator<Uint8Array | "reset"> {
  const { lineEnd = "\n", bom, comments, bytesAtATime = Number.POSITIVE_INFINITY } = fault;
  function* encode(lines: string): Generator<Uint8Array> {
    const commented = comments ? lines.replace(/\n/g, "\n: a comment\n") : lines;
    const bytes = Buffer.from(commented.replace(/\n/g, lineEnd));
    for (let at = 0; at < bytes.length; at += bytesAtATime) yield bytes.subarray(at, at + bytesAtATime);
  }

  if (bom) yield* encode("\u{feff}");
  for await (const event of events) {
    if (event === "close") return;
    if (event === "reset") yield "reset";
    else if (event === "stall") await until(new Promise(() => {}), left);
    else if (event === "done") yield* fault.withoutDone ? [] : encode("data: [DONE]\n\n");
    else if ("hold" in event) await until(event.hold, left);
    else if ("raw" in event) yield* encode(event.raw);
    else {
      for (const data of fault.chunk?.(event.chunk) ?? [event.chunk]) {
        const lines = (typeof data === "string" ? data : JSON.stringify(data)).split("\n");
        const fields = lines.map((line) => `data:${fault.withoutSpace ? "" : " "}${line}\n`).join("");
        yield* encode(`${fault.otherFields ? "event: message\nid: 1\nretry: 10\n" : ""}${fields}\n`);
      }
    }
  }
}

/** Waits. Rejects once the client has left. */
export function until(promise: Promise<unknown>, left: AbortSignal): Promise<unknown> {
  return Promise.race([
    promise,
    new Promise((_, reject) => {
      if (left.aborted) reject(left.reason);
      else left.addEventListener("abort", () => reject(left.reason), { once: true });
    }),
  ]);
}
