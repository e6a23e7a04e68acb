// npm run test:mutation: makes Stryker's changes to the files that stryker.config.json names, one at a time, and
// reports which of them no unit test notices. See docs/mutation-testing.md.
//   npm run test:mutation -- --mutate src/openrouter/callback.ts
import { join } from "node:path";
import { installOnce } from "../tools/installOnce.mjs";
import { runCommand } from "../tools/lifetime.mjs";
import { ensureInstalled } from "../tools/npm.mjs";
import { root } from "../tools/paths.mjs";

// Not devDependencies, since CI and most clones never need them.
const version = "9.6.1";
const packages = ["core", "tap-runner"].map((name) => `@stryker-mutator/${name}@${version}`);

await ensureInstalled();
const folder = await installOnce("stryker", packages, import.meta.url, () => {});
const stryker = join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");
const config = join(import.meta.dirname, "stryker.config.json");
await runCommand(process.execPath, [stryker, "run", config, ...process.argv.slice(2)], { cwd: root });
