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

/** @type {Record<string, string>} */
const skipped = {};
let failedToInstall = 0;
for (const [id, { package: name, version }] of chosen) {
  try {
    const reason = await installTool(id);
    if (reason) skipped[id] = reason;
    console.log(reason ? `Skipped: ${name} ${version}: ${reason}` : `${name} ${version}`);
  } catch (error) {
    failedToInstall++;
    skipped[id] = "it couldn't be installed";
    console.error(`✖ ${name} ${version}: ${error}`);
  }
}
process.env.SKIPPED_TOOLS = JSON.stringify(skipped);

const tested = chosen.map(([id]) => id).filter((id) => !(id in skipped));
const options = ["--test-timeout=600000", ...args.filter((arg) => arg.startsWith("-"))];
const files = tested.map((id) => `commandLineTools/${id}.test`);
const { passed, failed, ...rest } =
  files.length > 0
    ? await runNodeTests(["commandLineTools"], [...options, ...files])
    : { passed: 0, failed: 0, skipped: 0 };
const allFailed = failed + failedToInstall;
const allSkipped = rest.skipped + Object.keys(skipped).length - failedToInstall;
console.log(`\n${passed} passed, ${allFailed} failed${allSkipped ? `, ${allSkipped} skipped` : ""}`);
process.exit(allFailed > 0 || passed === 0 ? 1 : 0);
