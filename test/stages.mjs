// The stages of `npm test`, in order. Each returns how many tests passed and failed.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./tools/lifetime.mjs";
import { runNodeTests } from "./tools/nodeTests.mjs";
import { root } from "./tools/paths.mjs";

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [unavailable] why the stage can't run here
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} [needsBuild]
 * @property {(only: string) => Promise<Outcome>} run `only` is a part of the file names of the tests to run
 */

/** @type {Stage[]} */
export const stages = [
  {
    name: "types",
    run: () => tools(["typescript/bin/tsc", "-p", "."], ["typescript/bin/tsc", "-p", "test"]),
  },
  {
    name: "lint",
    // Biome would also write color codes to a file.
    run: () =>
      tools(
        ["@biomejs/biome/bin/biome", "ci", ...(process.stdout.isTTY ? [] : ["--colors=off"]), "."],
        ["../scripts/l10n.mjs", "--check"],
      ),
  },
  {
    name: "build",
    run: async () => {
      // Tests whose source was deleted must not run.
      for (const folder of ["dist", "out/test"]) rmSync(join(root, folder), { recursive: true, force: true });
      return tools(["../esbuild.mjs", "--production", "--tests"]);
    },
  },
  {
    name: "unit",
    needsBuild: true,
    run: (only) =>
      runNodeTests(["unit", "repo", "fakeOpenRouter"], only, { concurrency: true, timeout: 60_000 }),
  },
  {
    name: "host",
    needsBuild: true,
    run: async () => {
      const { runHostTests } = await import("./tools/hostTests.mjs");
      await resetEvidence("host");
      return runHostTests();
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
    needsBuild: true,
    run: async (only) => {
      const { codeServerIsAvailable } = await import("./tools/codeServer.mjs");
      if (!codeServerIsAvailable) {
        const unavailable = `code-server, whose window the tests use, doesn't run on ${process.platform}`;
        return { passed: 0, failed: 0, skipped: 1, unavailable };
      }
      const { packageExtensions } = await import("./tools/package.mjs");
      await resetEvidence("e2e");
      await packageExtensions();
      return runNodeTests(["e2e"], only, { concurrency: false, timeout: 600_000 });
    },
  },
  {
    name: "audit",
    needsBuild: true,
    // It checks the evidence of the latest runs of the stages above, so `only` doesn't apply.
    run: () => runNodeTests(["audit"], "", { concurrency: false, timeout: 120_000 }),
  },
];

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
  for (const [script = "", ...args] of commands) {
    const command = [join(root, "node_modules", script), ...args];
    await runCommand(process.execPath, command, { cwd: root }).catch((error) => {
      console.error(error.message);
      failed = 1;
    });
  }
  return { passed: 1 - failed, failed, skipped: 0 };
}
