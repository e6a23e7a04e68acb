import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runGroup } from "./lifetime.mjs";
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

  const counts = join(root, "out/node-tests.json");
  mkdirSync(join(root, "out"), { recursive: true });
  rmSync(counts, { force: true });
  const reporters = { spec: "stdout", [join(root, "test/tools/countingReporter.mjs")]: counts };
  const reporterOptions = Object.entries(reporters).flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ]);
  // By default, node leaves one core idle, which is every second one where there are two.
  const limits = ["--test-timeout=120000", `--test-concurrency=${availableParallelism()}`];
  const command = ["--test", ...limits, ...reporterOptions, ...options, ...files];
  const end = await runGroup(process.execPath, command, { cwd: root }).catch((error) => error);
  if (!existsSync(counts)) throw new Error("node --test ended without a report", { cause: end });
  return JSON.parse(readFileSync(counts, "utf8"));
}
