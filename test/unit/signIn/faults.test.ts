// Runs the fault matrix in threads of its own: node:test follows every promise of the thread that it runs in, which
// makes the matrix half as fast.
import assert from "node:assert/strict";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { after, describe, test } from "node:test";
import { type MessagePort, parentPort, Worker } from "node:worker_threads";
import { type Part, type PartResult, parts, runPart, startMatrix } from "./faultMatrix";
import { flows } from "./faultTable";
import type { Flow } from "./faultWorld";

interface Task {
  readonly flow: Flow;
  readonly part: Part;
}

if (parentPort) void runTasks(parentPort);
else describeMatrix();

async function runTasks(port: MessagePort): Promise<void> {
  await startMatrix();
  port.on("message", async ({ flow, part }: Task) => port.postMessage(await runPart(flow, part)));
}

function describeMatrix(): void {
  const count = Math.min(availableParallelism(), 4);
  const threads = Array.from({ length: count }, () => new Worker(__filename));
  const idle = [...threads];
  let cases = 0;

  /** Rejects if the thread throws. It isn't used again then. */
  async function inThread(task: Task): Promise<PartResult> {
    const thread = idle.pop();
    assert.ok(thread, "the threads have ended");
    thread.postMessage(task);
    const [result] = await once(thread, "message");
    idle.push(thread);
    return result;
  }

  describe("Whatever fails", { concurrency: count }, () => {
    for (const flow of flows) {
      for (const part of Object.keys(parts) as Part[]) {
        test(`${flow.name}: ${part}`, async () => {
          const result = await inThread({ flow, part });
          assert.ok(result.cases > 0, "no cases");
          cases += result.cases;
          const { length } = result.failures;
          const first = result.failures.slice(0, 5).join("\n\n");
          assert.equal(length, 0, `${length} cases failed. The first ones:\n${first}`);
        });
      }
    }
    after(async () => {
      console.log(`Fault matrix: ${cases} cases`);
      await Promise.all(threads.map((thread) => thread.terminate()));
    });
  });
}
