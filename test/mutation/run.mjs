// npm run test:mutation: changes src/openrouter and src/signIn in every way that Stryker knows, one at a time,
// and tells which changes no unit test notices. See docs/mutation-testing.md.
//   npm run test:mutation -- --mutate src/openrouter/callback.ts
import { join } from "node:path";
import { installOnce } from "../tools/installOnce.mjs";
import { runCommand } from "../tools/lifetime.mjs";
import { ensureInstalled } from "../tools/npm.mjs";
import { root } from "../tools/paths.mjs";

// Not devDependencies: CI and most clones never need them.
const version = "9.6.1";
const packages = ["core", "tap-runner"].map((name) => `@stryker-mutator/${name}@${version}`);

await ensureInstalled();
const folder = await installOnce("stryker", packages, () => {});
const stryker = join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");
const config = join(import.meta.dirname, "stryker.config.json");
await runCommand(process.execPath, [stryker, "run", config, ...process.argv.slice(2)], { cwd: root });
