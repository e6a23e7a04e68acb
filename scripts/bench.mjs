// npm run bench: measures the extension's performance. Also works on a fresh clone.
import { join } from "node:path";
import { runCommand } from "../test/tools/lifetime.mjs";
import { ensureInstalled } from "../test/tools/npm.mjs";
import { root } from "../test/tools/paths.mjs";

process.chdir(root);
await ensureInstalled();
await runCommand(process.execPath, ["esbuild.mjs", "--production", "--tests"]);
if (process.env.npm_lifecycle_event) await import("../test/tools/endWithParent.mjs");
const { ensureCodeServer } = await import("../test/tools/codeServer.mjs");
const { packageBench, packageExtensions } = await import("../test/tools/package.mjs");
await packageExtensions();
await packageBench((await ensureCodeServer()).extensions);
const bench = join(root, "out/test/bench/bench.mjs");
await runCommand(process.execPath, ["--expose-gc", bench, ...process.argv.slice(2)]);
