// The stages of `npm test`, in order. Each returns how many tests passed and failed.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { commandOutput } from "./tools/lifetime.mjs";
import { runNodeTests } from "./tools/nodeTests.mjs";
import { root } from "./tools/paths.mjs";
import { runEndToEndTests } from "./tools/playwright.mjs";

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} [flaky] the tests that passed only at the second try
 * @property {string} [unavailable] why the stage can't run here
 * @property {string} [output] what is left to print
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} [isQuiet] prints nothing itself, so that it can run next to other quiet stages
 * @property {boolean} [needsBuild]
 * @property {(args: string[]) => Promise<Outcome>} run `args` are for the tool that runs the tests
 */

/** @type {Stage[]} */
export const stages = [
  {
    name: "types",
    isQuiet: true,
    run: () => tools(["typescript/bin/tsc", "-p", "."], ["typescript/bin/tsc", "-p", "test"]),
  },
  {
    name: "lint",
    isQuiet: true,
    run: () =>
      tools(["@biomejs/biome/bin/biome", "ci", "--colors=off", "."], ["../scripts/l10n.mjs", "--check"]),
  },
  {
    name: "build",
    isQuiet: true,
    run: async () => {
      // Tests whose source was deleted must not run.
      for (const folder of ["dist", "out/test"]) rmSync(join(root, folder), { recursive: true, force: true });
      return tools(["../esbuild.mjs", "--production", "--tests"]);
    },
  },
  {
    name: "unit",
    needsBuild: true,
    run: (args) => runNodeTests(["unit", "repo", "fakeOpenRouter"], args),
  },
  {
    name: "host",
    needsBuild: true,
    run: async (args) => {
      const { runHostTests } = await import("./tools/hostTests.mjs");
      await resetEvidence("host");
      return runHostTests(args);
    },
  },
  {
    name: "web",
    needsBuild: true,
    run: async () => {
      const { runWebTests } = await import("./tools/webTests.mjs");
      await resetEvidence("web");
      return runWebTests();
    },
  },
  {
    name: "e2e",
    run: async (args) => {
      const { codeServerIsAvailable, ensureCodeServer } = await import("./tools/codeServer.mjs");
      if (!codeServerIsAvailable) {
        const unavailable = `code-server, whose window the tests use, doesn't run on ${process.platform}`;
        return { passed: 0, failed: 0, skipped: 1, unavailable };
      }
      await ensureCodeServer();
      return runEndToEndTests(args);
    },
  },
  {
    name: "audit",
    needsBuild: true,
    // It searches the evidence of the latest runs of the stages above.
    run: () => runNodeTests(["audit"], []),
  },
];

/**
 * Begins to install what later stages need, while earlier ones run. A stage that fails to get it says so.
 * @param {string[]} names of the stages that will run
 */
export async function beginDownloads(names) {
  const { ensureCodeServer, codeServerIsAvailable } = await import("./tools/codeServer.mjs");
  const { ensureCodeOss } = await import("./tools/codeOss.mjs");
  const { findVSCode } = await import("./tools/hostTests.mjs");
  // One after another, in the order in which they are needed.
  if (names.includes("host")) await findVSCode().catch(() => {});
  if (names.includes("web")) await ensureCodeOss().catch(() => {});
  if (names.includes("e2e") && codeServerIsAvailable) await ensureCodeServer().catch(() => {});
}

/** @param {string} stage */
async function resetEvidence(stage) {
  const { startEvidence } = await import("./audit/evidence.mjs"); // imports installed packages
  startEvidence(stage);
}

/**
 * Runs command-line tools, which together count as one test. All of them run, even if one fails.
 * @param {string[][]} commands each a script, relative to node_modules, and its arguments
 * @returns {Promise<Outcome>}
 */
async function tools(...commands) {
  let failed = 0;
  let output = "";
  for (const [script = "", ...args] of commands) {
    const command = [join(root, "node_modules", script), ...args];
    const { failure, text } = await commandOutput(process.execPath, command, { cwd: root });
    output += text;
    if (!failure) continue;
    output += `${failure}\n`;
    failed = 1;
  }
  return { passed: 1 - failed, failed, skipped: 0, output };
}
