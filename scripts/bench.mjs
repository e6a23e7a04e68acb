// npm run bench: measures the extension's performance. Also works on a fresh clone.
//   npm run bench -- --runs 30          more samples
//   npm run bench -- --only callbacks   one part, to try something out
//   npm run bench -- --write            also writes docs/performance.json, and the table of docs/performance.md
import { parseArgs } from "node:util";
import { runCommand } from "../test/tools/lifetime.mjs";
import { ensureInstalled } from "../test/tools/npm.mjs";
import { root } from "../test/tools/paths.mjs";
import { playwright } from "../test/tools/playwright.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "15" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const options = { ...values, runs: Number(values.runs) };
if (!(options.runs >= 1)) throw new Error("--runs needs a number");
if (options.only && options.write) {
  throw new Error("--write needs all parts, since only the ratios within one run count");
}

process.chdir(root);
await ensureInstalled();
await runCommand(process.execPath, ["esbuild.mjs", "--production", "--tests"]);
const { ensureCodeServer } = await import("../test/tools/codeServer.mjs");
const { packageBench, packageExtensions } = await import("../test/tools/package.mjs");
await packageExtensions();
await packageBench((await ensureCodeServer()).builtIns.all);
await playwright(["--config", "test/bench"], { BENCH: JSON.stringify(options) });
