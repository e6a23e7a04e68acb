// npm run screenshots: takes the README's pictures again, from a real window. Works on a fresh clone, too.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runCommand } from "../tools/lifetime.mjs";
import { ensureInstalled } from "../tools/npm.mjs";
import { root } from "../tools/paths.mjs";

process.chdir(root);
await ensureInstalled();
await runCommand(process.execPath, ["esbuild.mjs", "--production", "--tests"]);
if (process.env.npm_lifecycle_event) await import("../tools/endWithParent.mjs");
// These need the installed packages and the build.
const { packageExtensions } = await import("../tools/package.mjs");
await packageExtensions();
/** @type {typeof import("./screenshots")} */
const { takeScreenshots } = await import(
  pathToFileURL(join(root, "out/test/screenshots/screenshots.mjs")).href
);
await takeScreenshots(join(root, "media"));
