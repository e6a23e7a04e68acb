// What it costs to stream an answer, beside what others have. By itself, after npm run build -- --tests:
//   node out/test/bench/streaming.mjs 30
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { streamChat } from "../../src/models/streamChat";
import { collectGarbage } from "./garbage";
import { table } from "./page";
import { createReport, type Measurement } from "./report";
import { median } from "./statistics";
import { type StreamClient, streamClients } from "./streamClients";

const chunks = 10_000;
const characters = 5;

/** Streams answers with each client, in turns. */
export async function measureStreaming(runs: number): Promise<Measurement[]> {
  // Beside this file, once both are bundled.
  const server = fork(join(fileURLToPath(import.meta.url), "../streamServer.mjs"), { execArgv: [] });
  try {
    const [url]: string[] = await once(server, "message");
    if (!url) throw new Error("The server has no address");
    return await measure(url, runs);
  } finally {
    server.disconnect();
  }
}

async function measure(url: string, runs: number): Promise<Measurement[]> {
  const cpu = { ours: [] as number[], bare: [] as number[], openai: [] as number[], sdk: [] as number[] };
  const clients = Object.entries(streamClients) as [keyof typeof cpu, StreamClient][];
  for (let run = -3; run < runs; run++) {
    for (const [name, client] of clients) {
      const time = await cpuTime(client, url);
      if (run >= 0) cpu[name].push(time); // before, they warm up
    }
    // What one leaves to clean up costs the next. A garbage collection in between would also drop compiled code.
    clients.push(...clients.splice(0, 1));
  }
  const latencies: number[] = [];
  const kept: number[] = [];
  for (let run = 0; run < runs; run++) {
    latencies.push(await latency(url));
    kept.push(await keptMemory(url));
  }
  return rows(cpu, latencies, kept);
}

/** Milliseconds of this process's CPU for an answer. */
async function cpuTime(client: StreamClient, url: string): Promise<number> {
  const before = process.cpuUsage();
  const got = await client(url, `many-${chunks}-${characters}`);
  const { user, system } = process.cpuUsage(before);
  if (got !== chunks * characters) throw new Error(`${got} characters came`);
  return (user + system) / 1000;
}

const body = { model: "acme/talker", messages: [{ role: "user", content: "Hi" }], stream: true } as const;
const options = (url: string, key: string) => ({
  fetch,
  baseUrl: url,
  key,
  signal: new AbortController().signal,
});

/** Milliseconds from the server's sending a chunk to the report of its part, at the median. */
async function latency(url: string): Promise<number> {
  const samples: number[] = [];
  await streamChat(body, options(url, "timed-200"), (part) => {
    if (part.kind === "text") samples.push(Number(process.hrtime.bigint() - BigInt(part.text)) / 1e6);
  });
  return median(samples);
}

/** KB that an answer of 10 MB adds at most to what is in use after a garbage collection. */
async function keptMemory(url: string): Promise<number> {
  const used = () => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  let [most, received, next] = [0, 0, 0];
  const before = used();
  await streamChat(body, options(url, "many-10000-1000"), (part) => {
    if (part.kind !== "text") return;
    received += part.text.length;
    if (received < next) return;
    most = Math.max(most, used() - before);
    next += 500_000;
  });
  if (received !== 10_000_000) throw new Error(`${received} characters came`);
  return most / 1000;
}

function rows(
  cpu: Record<"ours" | "bare" | "openai" | "sdk", number[]>,
  latencies: number[],
  kept: number[],
) {
  const text = (name: string) => `Streaming 10,000 chunks, CPU: ${name}`;
  const measurements: Measurement[] = [
    {
      id: "streaming.cpu.ours",
      text: text("ours"),
      unit: "ms",
      samples: cpu.ours,
      comparedWith: { id: "streaming.cpu.bare", name: "bare" },
      goal: { maxRatio: 1.3 },
    },
    { id: "streaming.cpu.bare", text: text("bare"), unit: "ms", samples: cpu.bare },
    ...(["openai", "sdk"] as const).map(
      (id): Measurement => ({
        id: `streaming.cpu.${id}`,
        text: text(id === "sdk" ? "@openrouter/sdk" : id),
        unit: "ms",
        samples: cpu[id],
        comparedWith: { id: "streaming.cpu.ours", name: "ours" },
        goal: { minRatio: 2 },
      }),
    ),
    {
      id: "streaming.latency",
      text: "Streaming: from a chunk sent to its part reported",
      unit: "ms",
      samples: latencies,
      goal: { max: 2 },
    },
    {
      id: "streaming.memory",
      text: "Streaming 10 MB: memory kept",
      unit: "KB",
      samples: kept,
      goal: { max: 8000 },
    },
  ];
  return measurements;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measurements = await measureStreaming(Number(process.argv[2] ?? 15));
  console.log(table(createReport("", "", measurements).rows));
}
