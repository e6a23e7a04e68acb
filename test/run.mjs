// npm test: runs all tests. Also works on a fresh clone. The last line is the result.
//   npm test -- unit host         only these stages, and what they need
//   npm test -- e2e --only keys   only the test files with that in their names
import { parseArgs } from "node:util";
import { stages } from "./stages.mjs";
import { ensureInstalled } from "./tools/npm.mjs";
import { root } from "./tools/paths.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" } },
});
for (const name of positionals) {
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
 * @param {string} name
 * @param {() => Promise<Outcome>} run
 */
async function runStage(name, run) {
  console.log(`\n── ${name} ──`);
  const start = performance.now();
  const outcome = await run().catch((error) => failure(error));
  if (outcome.unavailable) console.log(`Skipped: ${outcome.unavailable}.`);
  else if (outcome.passed + outcome.failed === 0) {
    console.error("✖ No tests ran");
    outcome.failed = 1;
  }
  report.push({ name, outcome, seconds: (performance.now() - start) / 1000 });
  return outcome.failed === 0;
}

/**
 * @param {unknown} error
 * @returns {Outcome}
 */
function failure(error) {
  console.error(error);
  return { passed: 0, failed: 1, skipped: 0 };
}

const requested = stages.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const buildIsNeeded = requested.some((stage) => stage.needsBuild);
const chosen = stages.filter(
  (stage) => requested.includes(stage) || (stage.name === "build" && buildIsNeeded),
);

const installed = await ensureInstalled().then(
  () => true,
  (error) => {
    report.push({ name: "install", outcome: failure(error), seconds: 0 });
    return false;
  },
);
let built = false;
for (const { name, needsBuild, run } of installed ? chosen : []) {
  const succeeded = await runStage(name, async () => {
    if (needsBuild && !built) throw new Error("Not run because the build failed");
    return run(values.only);
  });
  if (name === "build") built = succeeded;
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
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`,
);
process.exit(total.failed > 0 ? 1 : 0);
