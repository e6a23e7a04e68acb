// Uses only Node itself, since it is loaded before anything is installed.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./lifetime.mjs";
import { root } from "./paths.mjs";

/** @typedef {import("@playwright/test/reporter").JSONReport} JSONReport */

const results = join(root, "out/e2e-results.json");

/**
 * Runs `playwright test` until it ends.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] additional variables
 * @returns {Promise<void>} rejects when a test fails
 */
export const playwright = (args, env = {}) =>
  runCommand(process.execPath, [join(root, "node_modules/@playwright/test/cli.js"), "test", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });

/**
 * Runs the end-to-end tests.
 * @param {string[]} args
 * @returns {Promise<import("../stages.mjs").Outcome>} without a report, rejects with what happened
 */
export async function runEndToEndTests(args) {
  rmSync(results, { force: true });
  const end = await playwright(args).catch((error) => error);
  if (!existsSync(results)) throw new Error("Playwright ended without a report", { cause: end });
  /** @type {JSONReport} */
  const report = JSON.parse(readFileSync(results, "utf8"));
  for (const { message } of report.errors) console.error(message);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
    flaky: report.suites.flatMap(flakyTests),
  };
}

/**
 * The tests that needed the second try.
 * @param {import("@playwright/test/reporter").JSONReportSuite} suite
 * @returns {string[]}
 */
const flakyTests = ({ file, specs, suites = [] }) => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
    .map(({ title }) => `${file}: ${title}`),
  ...suites.flatMap(flakyTests),
];
