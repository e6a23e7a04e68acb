// npm run bench: what the extension costs, on a fresh clone too.
import { join } from "node:path";
import { ensureInstalled } from "./npm.mjs";
import { runCommand } from "./vscode/lifetime.mjs";
import { root } from "./vscode/paths.mjs";

process.chdir(root);
await ensureInstalled();
await runCommand(process.execPath, ["esbuild.mjs", "--production", "--tests"]);
if (process.env.npm_lifecycle_event) await import("./vscode/endWithParent.mjs");
const { ensureCodeServer } = await import("./vscode/codeServer.mjs");
const { packageBench, packageExtensions } = await import("./vscode/package.mjs");
await packageExtensions();
await packageBench((await ensureCodeServer()).extensions);
const bench = join(root, "out/test/bench/bench.mjs");
await runCommand(process.execPath, ["--expose-gc", bench, ...process.argv.slice(2)]);
