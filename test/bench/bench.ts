// What the extension costs, measured in one run of a real VS Code, compared with an empty extension and with those
// built into VS Code. `npm run bench` prints the table; `npm run bench -- --write` also writes docs/performance.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "../e2e/openRouter";
import { startSession } from "../e2e/session";
import { CodeWindow } from "../e2e/window";
import { startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { ensureCodeServer } from "../tools/codeServer.mjs";
import { benchPackages } from "../tools/package.mjs";
import { root } from "../tools/paths.mjs";
import { builtInBundle, bundleSize } from "./bundles";
import { idleHour } from "./idle";
import {
  type CallbackSample,
  type ExtensionId,
  extensionIds,
  type LoadSample,
  type SecretsSample,
  type ServingSample,
} from "./probe/tasks";
import { startProbeServer } from "./probeServer";
import { type Row, table } from "./statistics";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "15" },
    /** Only this part, to try something out. */
    only: { type: "string", default: "" },
    write: { type: "boolean" },
  },
});
const runs = Number(values.runs);
const isWanted = (part: string) => part.includes(values.only);
const { empty, hollow, github, ours } = extensionIds;
const fakeOpenRouter = await startFakeOpenRouter();
const probe = await startProbeServer();
const session = await startSession("bench", {
  settings: { "connectOpenRouter.baseUrl": fakeOpenRouter.url, "bench.address": probe.url },
  trustedDomains: [new URL(fakeOpenRouter.url).host],
  extensions: Object.values(benchPackages),
});
const rows: Row[] = [];
try {
  if (isWanted("bundles")) await addBundles();
  const window = await CodeWindow.open(session);
  try {
    await addActivation(window, isWanted("activation") ? runs : 1); // what follows needs the extension active
    if (isWanted("callbacks")) await addCallbacks(window);
    if (isWanted("serving")) await addServing(window);
  } finally {
    await window.screenshot("end");
  }
  if (isWanted("idle")) await addIdle();
} finally {
  await session.close();
  probe.close();
  await fakeOpenRouter.close();
}
const [cpu] = cpus();
const machine = `${cpu?.model ?? "?"}, ${cpus().length} cores, Node ${process.version}, ${process.platform}, ${new Date().toISOString().slice(0, 10)}.`;
console.log(`\n${table(rows)}\n\n${machine}`);
if (values.write) {
  const page = join(root, "docs/performance.md");
  const between = /(<!-- bench -->)[\s\S]*(<!-- \/bench -->)/;
  writeFileSync(
    page,
    readFileSync(page, "utf8").replace(between, `$1\n\n${machine}\n\n${table(rows)}\n\n$2`),
  );
}

async function addBundles(): Promise<void> {
  const { extensions } = await ensureCodeServer();
  const start = bundleSize(join(root, "dist/extension.js"));
  const all = bundleSize(join(root, "dist/extension.js"), join(root, "dist/services.js"));
  const theirs = builtInBundle(extensions, "github-authentication");
  const microsoft = builtInBundle(extensions, "microsoft-authentication");
  for (const [how, goal] of [
    ["minified", "48"],
    ["gzipped", "16"],
  ] as const) {
    const row = (what: string, size: number, more: Partial<Row> = {}) =>
      rows.push({ what: `Bundle, ${how}: ${what}`, unit: "KB", samples: [size / 1000], ...more });
    const beside = { what: "github", samples: [theirs[how] / 1000] };
    row("loaded at start-up", start[how], { beside });
    row("all", all[how], { beside, goal: `≤ ${goal} KB` });
    row("github-authentication", theirs[how]);
    row("microsoft-authentication", microsoft[how], { beside });
  }
}

async function addActivation(window: CodeWindow, runs: number): Promise<void> {
  console.log(`Measuring activation, in ${runs} extension hosts`);
  const samples: Record<ExtensionId, LoadSample>[] = [];
  const parts: LoadSample[] = [];
  for (let run = 0; run < runs; run++) {
    if (run > 0) await window.reload();
    samples.push(await probe.perform({ name: "activation" }));
    parts.push(await probe.perform({ name: "services" }));
  }
  const times = (id: ExtensionId) => samples.map(({ [id]: { load, activate } }) => load + activate);
  const heaps = (id: ExtensionId) => samples.map(({ [id]: { heap } }) => heap / 1000);
  const add = (what: string, unit: Row["unit"], measured: number[], more: Partial<Row> = {}) =>
    rows.push({ what, unit, samples: measured, ...more });
  const besideEmpty = (of: typeof times) => ({ beside: { what: "empty", samples: of(empty) } });
  add("Activation: empty extension", "ms", times(empty));
  add("Activation: hollow extension", "ms", times(hollow), besideEmpty(times));
  add("Activation: ours", "ms", times(ours), { ...besideEmpty(times), goal: "≤ 2 × empty" });
  const loading = samples.map(({ [ours]: { load } }) => load);
  add("… of it, loading the file", "ms", loading);
  const besideOurs = { beside: { what: "ours", samples: times(ours) } };
  add("Activation: github-authentication", "ms", times(github), { ...besideOurs, goal: "≥ 2 × ours" });
  const loadingRest = parts.map(({ load }) => load);
  add("Loading the rest, when it is needed", "ms", loadingRest);
  add("Heap: empty extension", "KB", heaps(empty));
  add("Heap: hollow extension", "KB", heaps(hollow), besideEmpty(heaps));
  add("Heap: ours", "KB", heaps(ours), besideEmpty(heaps));
  const whole = samples.map(({ [ours]: { heap } }, i) => (heap + (parts[i]?.heap ?? Number.NaN)) / 1000);
  add("Heap: ours, with the rest", "KB", whole);
  add("Heap: github-authentication", "KB", heaps(github));
}

async function addCallbacks(window: CodeWindow): Promise<void> {
  console.log(`Measuring ${runs} callbacks`);
  const samples: CallbackSample[] = [];
  const secrets: SecretsSample[] = [];
  for (let run = 0; run < runs; run++) {
    secrets.push(await probe.perform({ name: "secrets" }));
    const measured = probe.perform<CallbackSample>({ name: "callback" });
    const page = await connect(window);
    await page.locator("#approve").click();
    await window.toast(/Connected to OpenRouter/).waitFor();
    samples.push(await measured);
    await page.close();
    await window.page.bringToFront();
    await window.clearToasts();
    if (run < runs - 1) await probe.perform({ name: "removeAll" });
  }
  rows.push(
    {
      what: "Callback to key, without the network",
      unit: "ms",
      samples: samples.map(({ total, network }) => total - network),
      goal: "≤ 20 ms",
    },
    { what: "… the network's part", unit: "ms", samples: samples.map(({ network }) => network) },
    { what: "… SecretStorage's part", unit: "ms", samples: samples.map(({ storage }) => storage) },
    {
      what: "… our own part",
      unit: "ms",
      samples: samples.map(({ total, network, storage }) => total - network - storage),
    },
    { what: "… one write to SecretStorage", unit: "ms", samples: secrets.map(({ write }) => write) },
    { what: "… one read from SecretStorage", unit: "ms", samples: secrets.map(({ read }) => read) },
  );
}

async function addServing(window: CodeWindow): Promise<void> {
  console.log(`Measuring ${12 * runs} rows of getSession calls`);
  const allowed = probe.perform({ name: "consent" });
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.quickInput.getByText(/^sk-or-v1-/).click();
  await allowed;
  for (const sessions of [1, 10, 100]) {
    for (const calls of [1, 10, 100, 1000]) {
      const samples: ServingSample[] = [];
      for (let run = 0; run < runs; run++) {
        samples.push(await probe.perform({ name: "serve", sessions, calls }));
      }
      const stored = sessions === 1 ? "1 session" : `${sessions} sessions`;
      const what = `getSession × ${calls}, ${stored}`;
      rows.push(
        {
          what: `${what}: inside our provider`,
          unit: "ms",
          samples: samples.map(({ inside }) => inside),
          goal: "≤ 1 ms",
        },
        { what: `${what}: a whole call`, unit: "ms", samples: samples.map(({ total }) => total) },
      );
    }
  }
}

async function addIdle(): Promise<void> {
  console.log("Simulating idle hours");
  for (const windows of [1, 5]) {
    const samples = [];
    for (let run = 0; run < runs; run++) samples.push(await idleHour(windows));
    const what = `Idle hour, ${windows === 1 ? "1 window" : `${windows} windows`}`;
    rows.push(
      { what: `${what}: requests`, unit: "", samples: samples.map(({ requests }) => requests), goal: "≤ 12" },
      { what: `${what}: timers`, unit: "", samples: samples.map(({ timers }) => timers) },
      {
        what: `${what}: heap added`,
        unit: "KB",
        samples: samples.map(({ heap }) => heap / 1000),
        goal: "none",
      },
    );
  }
}
