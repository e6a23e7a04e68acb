import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runGroup, temporaryFolder } from "./lifetime.mjs";
import { root } from "./paths.mjs";

/**
 * Runs bundled test files with `node --test`, and counts the results.
 * @param {string[]} folders of `out/test`
 * @param {string[]} args for Node, such as --test-name-pattern=…, and parts of the names of the files to run
 * @returns {Promise<import("../stages.mjs").Outcome>}
 */
export async function runNodeTests(folders, args) {
  const { globSync } = await import("glob"); // Node's own option understands globs only from version 21 on
  const patterns = folders.map((folder) => `out/test/${folder}/**/*.test.{js,mjs}`);
  const options = args.filter((arg) => arg.startsWith("-"));
  const names = args.filter((arg) => !arg.startsWith("-"));
  const files = globSync(patterns, { cwd: root })
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort();
  // Without files, node would search for some itself.
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };

  const { path, remove } = temporaryFolder("node-tests");
  const counts = join(path, "counts.json");
  const reporters = { spec: "stdout", "./test/tools/countingReporter.mjs": counts };
  const reporterOptions = Object.entries(reporters).flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ]);
  // By default, node leaves one core idle, which is every second one where there are two.
  const limits = ["--test-timeout=120000", `--test-concurrency=${availableParallelism()}`];
  const command = ["--test", ...limits, ...reporterOptions, ...options, ...files];
  const end = await runGroup(process.execPath, command, { cwd: root }).catch((error) => error);
  const report = existsSync(counts) ? readFileSync(counts, "utf8") : "";
  remove();
  if (report === "") throw new Error("node --test ended without a report", { cause: end });
  const outcome = JSON.parse(report);
  if (end && outcome.failed === 0) throw end;
  return outcome;
}
