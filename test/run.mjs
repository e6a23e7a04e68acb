// npm test: runs all tests. Also works on a fresh clone. The last line is the result.
//   npm test -- unit host                       only these stages, and what they need
//   npm test -- e2e -- keys --headed            what follows is for the tool that runs the tests: Playwright
//   npm test -- unit -- faults                  … or node --test
import { inspect } from "node:util";
import { beginDownloads, stages } from "./stages.mjs";
import { ensureInstalled } from "./tools/npm.mjs";
import { root } from "./tools/paths.mjs";

const words = process.argv.slice(2);
const end = words.includes("--") ? words.indexOf("--") : words.length;
const [names, toolArguments] = [words.slice(0, end), words.slice(end + 1)];
for (const name of names) {
  if (!stages.some((stage) => stage.name === name)) {
    throw new Error(`Unknown stage ${name}. The stages are ${stages.map((stage) => stage.name).join(", ")}.`);
  }
}
process.chdir(root);
// npm runs this in a shell, which doesn't forward signals.
if (process.env.npm_lifecycle_event) await import("./tools/endWithParent.mjs");

/** @typedef {import("./stages.mjs").Outcome} Outcome */
/** @type {{ name: string, outcome: Outcome, seconds: number }[]} */
const report = [];

/**
 * Runs a stage, which fails if it throws.
 * @param {() => Promise<Outcome>} run
 */
async function timed(run) {
  const start = performance.now();
  /** @type {Outcome} */
  const outcome = await run().catch((error) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    output: `${inspect(error)}\n`,
  }));
  return { outcome, seconds: (performance.now() - start) / 1000 };
}

/**
 * Waits for a stage, and reports it.
 * @param {string} name
 * @param {() => ReturnType<typeof timed>} run
 */
async function runStage(name, run) {
  console.log(`\n── ${name} ──`);
  const { outcome, seconds } = await run();
  if (outcome.output) process.stdout.write(outcome.output);
  if (outcome.unavailable) console.log(`Skipped: ${outcome.unavailable}.`);
  else if (outcome.passed + outcome.failed === 0) {
    console.error("✖ No tests ran");
    outcome.failed = 1;
  }
  report.push({ name, outcome, seconds });
  return outcome.failed === 0;
}

const requested = stages.filter(({ name }) => names.length === 0 || names.includes(name));
const buildIsNeeded = requested.some((stage) => stage.needsBuild);
const chosen = stages.filter(
  (stage) => requested.includes(stage) || (stage.name === "build" && buildIsNeeded),
);

const installed = await runStage("install", () =>
  timed(async () => {
    await ensureInstalled();
    return { passed: 1, failed: 0, skipped: 0 };
  }),
);
if (installed) {
  void beginDownloads(chosen.map(({ name }) => name));
  const running = new Map(
    chosen.filter(({ isQuiet }) => isQuiet).map(({ name, run }) => [name, timed(() => run([]))]),
  );
  let built = false;
  for (const { name, needsBuild, run } of chosen) {
    const start = async () => {
      if (needsBuild && !built) throw new Error("Not run because the build failed");
      return run(toolArguments);
    };
    const succeeded = await runStage(name, async () => running.get(name) ?? timed(start));
    if (name === "build") built = succeeded;
  }
}

console.log();
const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, outcome, seconds } of report) {
  const counts = `${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`;
  console.log(
    `${outcome.failed > 0 ? "✖" : "✔"} ${name.padEnd(7)} ${seconds.toFixed(1).padStart(6)} s  ${counts}`,
  );
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  total.skipped += outcome.skipped;
}
const flaky = report.flatMap(({ outcome }) => outcome.flaky ?? []);
if (flaky.length > 0) console.log(`\nFlaky, passed only at the second try:\n  ${flaky.join("\n  ")}`);
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`,
);
process.exit(total.failed > 0 ? 1 : 0);
