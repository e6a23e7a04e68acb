// npm run test:tools: installs each command-line tool of src/tools/commandLineTools.ts from npm, and runs it against
// the fake OpenRouter, with the variables and the command that the extension gives it. Not part of npm test: what
// fails here is mostly a tool that changed. The last line is the result.
//   npm run test:tools -- codex kilo                       only these tools
//   npm run test:tools -- codex --test-name-pattern=model  options of node --test
import { commandOutput } from "../tools/lifetime.mjs";
import { runNodeTests } from "../tools/nodeTests.mjs";
import { ensureInstalled } from "../tools/npm.mjs";
import { root } from "../tools/paths.mjs";
import { installTool } from "./installTool.mjs";
import { toolVersions } from "./toolVersions.mjs";

process.chdir(root);
if (process.env.npm_lifecycle_event) await import("../tools/endWithParent.mjs");
const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith("-"));
const chosen = Object.entries(toolVersions).filter(([id]) => names.length === 0 || names.includes(id));
if (chosen.length === 0) throw new Error(`The tools are ${Object.keys(toolVersions).join(", ")}.`);

await ensureInstalled();
const build = await commandOutput(process.execPath, ["esbuild.mjs", "--tests"], { cwd: root });
if (build.failure) throw new Error(`${build.text}${build.failure}`);

/** @type {string[]} */
const installed = [];
let failedToInstall = 0;
for (const [id, { package: name, version }] of chosen) {
  try {
    const reason = await installTool(id);
    if (!reason) installed.push(id);
    console.log(reason ? `Skipped: ${name} ${version}: ${reason}` : `${name} ${version}`);
  } catch (error) {
    failedToInstall++;
    console.error(`✖ ${name} ${version}: ${error}`);
  }
}

const files = installed.map((id) => `commandLineTools/${id}.test`);
const options = ["--test-timeout=600000", ...args.filter((arg) => arg.startsWith("-"))];
const outcome =
  files.length > 0
    ? await runNodeTests(["commandLineTools"], [...options, ...files])
    : { passed: 0, failed: 0, skipped: 0 };
const failed = outcome.failed + failedToInstall;
const skipped = outcome.skipped + chosen.length - installed.length - failedToInstall;
console.log(`\n${outcome.passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 ? 1 : 0);
