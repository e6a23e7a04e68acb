import { setMaxListeners } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { atEnd } from "./lifetime.mjs";
import { root } from "./paths.mjs";

/**
 * Runs the bundled test files of some folders of `test/` with node:test, and counts the results.
 * @param {string[]} folders
 * @param {string} only a part of the names of the files to run
 * @param {{ concurrency: boolean, timeout: number }} options `timeout` applies to each file
 * @returns {Promise<import("../stages.mjs").Outcome>}
 */
export async function runNodeTests(folders, only, options) {
  const files = folders
    .map((folder) => join(root, "out/test", folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.test\.m?js$/.test(name) && name.includes(only))
        .map((name) => join(folder, name)),
    );
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  // Without files, node:test would search for some itself.
  if (files.length === 0) return outcome;

  const abort = new AbortController();
  setMaxListeners(files.length + 1, abort.signal);
  const cancelEndAction = atEnd(() => abort.abort());
  const events = run({ ...options, files, signal: abort.signal });
  events.on("test:pass", ({ name, file, details, skip, todo }) => {
    if (details.type === "suite") return;
    if (skip !== undefined || todo !== undefined) outcome.skipped++;
    else if (file === resolve(name)) {
      console.error(`✖ ${file} has no tests`);
      outcome.failed++;
    } else outcome.passed++;
  });
  events.on("test:fail", ({ details, todo }) => {
    const isSuiteOfFailedTests =
      details.type === "suite" && Object(details.error).failureType === "subtestsFailed";
    if (isSuiteOfFailedTests) return;
    if (todo !== undefined) outcome.skipped++;
    else outcome.failed++;
  });
  for await (const text of events.compose(new spec())) process.stdout.write(text);
  cancelEndAction();
  return outcome;
}
