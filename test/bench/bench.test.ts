// What the extension costs, compared with an empty extension and with one that is built into VS Code.
import { join } from "node:path";
import { test as base } from "../e2e/fixtures";
import { ensureCodeServer } from "../tools/codeServer.mjs";
import { benchPackages, packages } from "../tools/package.mjs";
import { root } from "../tools/paths.mjs";
import { measureActivation } from "./activation";
import { measureBundles } from "./bundles";
import { measureCallbacks } from "./callbacks";
import { measureListing } from "./listing";
import { type Probe, startProbeServer } from "./probeServer";
import { publish } from "./publish";
import { measureServing } from "./serving";

/** The options of `npm run bench`. */
interface BenchOptions {
  runs: number;
  only?: string;
  write: boolean;
}

const test = base.extend<{ probe: Probe }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  probe: async ({}, use) => {
    const probe = await startProbeServer();
    await use(probe);
    probe.close();
  },
  settings: async ({ probe }, use) => use({ "bench.address": probe.url }),
});

/** Bundled, since they run the extension's own modules, which Playwright's loader takes for CommonJS. */
const builtIdle = (): Promise<typeof import("./idle")> => import(join(root, "out/test/bench/idle.mjs"));
const builtCounting = (): Promise<typeof import("./counting")> =>
  import(join(root, "out/test/bench/counting.mjs"));
const builtSpending = (): Promise<typeof import("./spending")> =>
  import(join(root, "out/test/bench/spending.mjs"));
const builtStreaming = (): Promise<typeof import("./streaming")> =>
  import(join(root, "out/test/bench/streaming.mjs"));

test.use({ builtIns: "all", extensions: [packages.extension, ...Object.values(benchPackages)] });

test("what the extension costs", async ({ window, probe, fakeOpenRouter }) => {
  const { runs, only, write }: BenchOptions = JSON.parse(
    process.env.BENCH ?? '{ "runs": 1, "write": false }',
  );
  await probe.perform({ name: "activation" }); // so that all of them are active
  const parts = {
    bundles: async () => measureBundles((await ensureCodeServer()).builtIns.all),
    activation: () => measureActivation(window, probe, runs),
    callbacks: () => measureCallbacks(window, probe, runs),
    serving: () => measureServing(window, probe, runs),
    listing: () => measureListing(window, probe, fakeOpenRouter, Math.ceil(runs / 3)),
    streaming: async () => (await builtStreaming()).measureStreaming(runs),
    idle: async () => (await builtIdle()).measureIdle(runs),
    counting: async () => (await builtCounting()).measureCounting(runs),
    spending: async () => (await builtSpending()).measureSpending(runs),
  };
  const wanted = Object.entries(parts).filter(([part]) => !only || part === only);
  if (wanted.length === 0) throw new Error(`--only needs one of ${Object.keys(parts).join(", ")}`);
  const measurements = [];
  for (const [part, measure] of wanted) {
    console.log(`Measuring ${part}`);
    measurements.push(...(await measure()));
  }
  publish(measurements, { write });
});
